package sqlview

import (
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	goora "github.com/sijms/go-ora/v2"
	"github.com/sijms/go-ora/v2/network"

	"github.com/patchworkcare/patchwork/sources"
)

// openOracle speaks to Oracle Database without a client of Oracle's.
func openOracle(dsn string, maxConns int) (*sql.DB, func(), error) {
	if err := oracleDSN(dsn); err != nil {
		return nil, nil, err
	}
	connector, ok := goora.NewConnector(dsn).(*goora.OracleConnector)
	if !ok {
		return nil, nil, badDSN()
	}
	connector.Dialer(&dialer{net.Dialer{Timeout: connectWithin}})
	db := sql.OpenDB(watched{connector})
	db.SetMaxOpenConns(maxConns)
	return db, func() {}, nil
}

// oracleDSN refuses what the driver could not read, and traces, which would write queries
// and values into a file.
func oracleDSN(dsn string) error {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme != "oracle" || u.Host == "" {
		return badDSN()
	}
	for name := range u.Query() {
		if strings.HasPrefix(strings.ToUpper(name), "TRACE") {
			return badDSN()
		}
	}
	if _, err := goora.ParseConfig(dsn); err != nil {
		return badDSN()
	}
	return nil
}

// oracleFault sorts by the number of ORA-nnnnn: the text would quote values.
func oracleFault(err error) *sources.Error {
	var ora *network.OracleError
	if !errors.As(err, &ora) {
		return nil
	}
	e := &sources.Error{Kind: sources.Unavailable, Code: fmt.Sprintf("ora-%05d", ora.ErrCode), Reason: "The database reported an error"}
	switch n := ora.ErrCode; {
	case n == 1005, n == 1017:
		e.Kind, e.Reason = sources.Refused, "The database refused the login: user or password is wrong"
	case n == 28000:
		e.Kind, e.Reason = sources.Refused, "The account is locked"
	case n == 28001, n == 28002:
		e.Kind, e.Reason = sources.Refused, "The password has expired: it has to be changed at the database first"
	case n == 1045, n == 28009:
		e.Kind, e.Reason = sources.Refused, "This account may not open a session this way"
	case n == 1031, n == 1039, n == 1720:
		e.Kind, e.Reason = sources.Refused, "The database does not let us read this"
	case n == 12504, n == 12505, n == 12514, n == 12521:
		e.Kind, e.Reason = sources.Refused, "The listener knows no service of the dsn's name"
	case n == 18, n == 20, n == 2391, n == 12516, n == 12518, n == 12519, n == 12520:
		e.Kind, e.Code, e.Reason = sources.Refused, "too-many-connections", "The database has too many connections"
	case n == 51, n == 54, n == 1013, n == 30006, n == 40:
		e.Kind, e.Code, e.Reason = sources.Timeout, "query-cancelled", "The database gave up on the query"
	case n == 1033, n == 1034, n == 1089, n == 1090, n == 12526, n == 12527, n == 12528:
		e.Code, e.Reason = "shutting-down", "The database is shutting down or starting"
	case n == 28, n == 1012, n == 1092, n == 2396, n == 3113, n == 3114, n == 3135, n == 12537, n == 12547, n == 12570:
		return lost()
	case n >= 900 && n < 1000, n == 1424, n == 1427, n == 1456, n == 1788, n == 1789, n == 1790, n == 1799, n == 4043, n == 6550, n == 6553:
		return badQuery() // "table or view does not exist" (942) is also what is said of one that may not be read
	case n == 1722, n == 1830, n >= 1839 && n <= 1866, n == 1438, n == 6502, n == 12899, n == 932:
		e.Kind, e.Code, e.Reason = sources.Malformed, "bad-data", "The query does not fit the database's values"
	}
	return e
}
