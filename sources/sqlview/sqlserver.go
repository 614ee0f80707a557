package sqlview

import (
	"database/sql"
	"errors"
	"net"
	"strconv"
	"strings"

	mssql "github.com/microsoft/go-mssqldb"
	"github.com/microsoft/go-mssqldb/msdsn"

	"github.com/patchworkcare/patchwork/sources"
)

// openSQLServer reads with the intent to read only. A dsn that says nothing of encryption
// is taken as encrypt=true, with a certificate that is checked: the driver's own default
// encrypts the login alone and trusts anybody.
func openSQLServer(dsn string, maxConns int) (*sql.DB, func(), error) {
	config, err := sqlServerConfig(dsn)
	if err != nil {
		return nil, nil, err
	}
	connector := mssql.NewConnectorConfig(config)
	connector.Dialer = &dialer{net.Dialer{Timeout: connectWithin}}
	db := sql.OpenDB(watched{connector})
	db.SetMaxOpenConns(maxConns)
	return db, func() {}, nil
}

func sqlServerConfig(dsn string) (msdsn.Config, error) {
	config, err := msdsn.Parse(dsn)
	url := strings.HasPrefix(dsn, "sqlserver://")
	if err != nil || config.Host == "" || !url && config.Parameters[msdsn.Server] == "" { // without one it would be this machine
		return config, badDSN()
	}
	if _, said := config.Parameters[msdsn.Encrypt]; !said {
		config.Encryption = msdsn.EncryptionRequired
		config.TLSConfig, err = msdsn.SetupTLS(config.Parameters[msdsn.Certificate], config.Parameters[msdsn.ServerCertificate], false, config.Host, "1.2")
		if err != nil {
			return config, badDSN()
		}
	}
	config.ReadOnlyIntent = true
	config.LogFlags = 0 // its log would quote queries and values
	config.DisableRetry = true
	config.ChangePassword = ""
	return config, nil
}

// sqlServerValue is a parameter as SQL Server best takes it: one of the type nvarchar makes
// it convert a whole varchar column, and read all of it, for every query (hazard H-09).
func sqlServerValue(v string) any {
	for i := range len(v) {
		if v[i] >= 0x80 {
			return v
		}
	}
	return mssql.VarChar(v)
}

// sqlServerFault sorts by the server's error number: the text would quote values.
func sqlServerFault(err error) *sources.Error {
	var stream mssql.StreamError
	var server mssql.Error
	switch {
	case errors.As(err, &stream):
		return notUnderstood()
	case !errors.As(err, &server):
		return nil
	}
	e := &sources.Error{Kind: sources.Unavailable, Code: "mssql-" + strconv.Itoa(int(server.Number)), Reason: "The database reported an error"}
	switch n := server.Number; n {
	case 18456:
		e.Kind, e.Reason = sources.Refused, "The database refused the login: user or password is wrong"
	case 18487, 18488:
		e.Kind, e.Reason = sources.Refused, "The password has expired or must be changed at the database first"
	case 18452, 18470, 18486:
		e.Kind, e.Reason = sources.Refused, "The login is disabled, locked, or not allowed this way"
	case 229, 230, 297, 300, 371, 916:
		e.Kind, e.Reason = sources.Refused, "The database does not let us read this"
	case 911, 4060, 4063:
		e.Kind, e.Reason = sources.Refused, "There is no database of the dsn's name that this login may use"
	case 10928, 10929, 17809, 40501, 49918, 49919, 49920:
		e.Kind, e.Code, e.Reason = sources.Refused, "too-many-connections", "The database has too many connections"
	case 1222, 3617, 8645:
		e.Kind, e.Code, e.Reason = sources.Timeout, "query-cancelled", "The database gave up on the query"
	case 596, 6005, 17142, 40197, 40613:
		e.Code, e.Reason = "shutting-down", "The database is shutting down or starting"
	case 102, 105, 137, 156, 170, 195, 201, 206, 207, 208, 209, 319, 402, 512, 1004, 4104, 4145, 8120, 8155, 8156, 8180:
		return badQuery()
	case 220, 241, 242, 244, 245, 248, 295, 8114, 8115, 8152, 8169:
		e.Kind, e.Code, e.Reason = sources.Malformed, "bad-data", "The query does not fit the database's values"
	}
	return e
}

// uniqueIdentifier writes SQL Server's sixteen bytes as the text they are shown as.
func uniqueIdentifier(b []byte) string {
	var id mssql.UniqueIdentifier
	if id.Scan(b) != nil {
		return ""
	}
	return id.String()
}
