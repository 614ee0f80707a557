package sqlview

import (
	"database/sql"
	"errors"
	"strconv"

	"github.com/go-sql-driver/mysql"

	"github.com/patchworkcare/patchwork/sources"
)

// openMySQL serves MariaDB too. Several statements in one and files of the client
// stay off whatever the dsn says.
func openMySQL(dsn string, maxConns int) (*sql.DB, func(), error) {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, nil, badDSN()
	}
	config.MultiStatements, config.AllowAllFiles = false, false
	config.ParseTime = false         // dates stay as they are written
	config.InterpolateParams = false // values travel beside the query, never in it
	config.Logger = &mysql.NopLogger{}
	config.MaxAllowedPacket = maxMessage
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, nil, badDSN()
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(maxConns)
	return db, func() {}, nil
}

// mysqlFault sorts by the server's error number: the text would quote values.
func mysqlFault(err error) *sources.Error {
	var my *mysql.MySQLError
	switch {
	case errors.Is(err, mysql.ErrInvalidConn):
		return lost()
	case errors.Is(err, mysql.ErrMalformPkt), errors.Is(err, mysql.ErrPktSync), errors.Is(err, mysql.ErrPktSyncMul), errors.Is(err, mysql.ErrPktTooLarge):
		return notUnderstood()
	case !errors.As(err, &my):
		return nil
	}
	e := &sources.Error{Kind: sources.Unavailable, Code: "mysql-" + strconv.Itoa(int(my.Number)), Reason: "The database reported an error"}
	switch my.Number {
	case 1045, 1698:
		e.Kind, e.Reason = sources.Refused, "The database refused the password: it is wrong, or there is no such user from this host"
	case 1044:
		e.Kind, e.Reason = sources.Refused, "This user may not use the dsn's database, or there is none of that name"
	case 1820, 1862:
		e.Kind, e.Reason = sources.Refused, "The password has expired: it has to be changed at the database first"
	case 1142, 1143, 1227, 1370:
		e.Kind, e.Reason = sources.Refused, "The database does not let us read this"
	case 1040, 1203, 1226:
		e.Kind, e.Code, e.Reason = sources.Refused, "too-many-connections", "The database has too many connections"
	case 1317, 1969, 3024:
		e.Kind, e.Code, e.Reason = sources.Timeout, "query-cancelled", "The database gave up on the query"
	case 1053, 1077, 1079:
		e.Code, e.Reason = "shutting-down", "The database is shutting down or starting"
	case 1049:
		e.Kind, e.Reason = sources.Refused, "There is no database of the dsn's name on this server"
	case 1052, 1054, 1055, 1060, 1064, 1066, 1103, 1109, 1139, 1140, 1146, 1222, 1241, 1242, 1247, 1248, 1267, 1305, 1356, 1582, 1584, 1630, 1792:
		return badQuery()
	case 1292, 1365, 1366, 1411, 1690:
		e.Kind, e.Code, e.Reason = sources.Malformed, "bad-data", "The query does not fit the database's values"
	}
	return e
}
