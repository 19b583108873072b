package curl

import (
	"bytes"
	"context"
	"log/slog"
	"strings"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// logVerbose is where opt.Verbose goes without an opt.DebugFunction: to slog, at debug level. C's stderr is never
// used. Body and TLS data are logged as sizes, credentials in headers not at all.
func logVerbose(kind opt.DebugKind, data []byte) {
	log := slog.Default()
	if !log.Enabled(context.Background(), slog.LevelDebug) {
		return
	}
	switch kind {
	case opt.DebugText, opt.DebugHeaderIn, opt.DebugHeaderOut:
		for line := range bytes.Lines(data) {
			if text := strings.TrimRight(string(line), "\r\n"); text != "" {
				log.Debug("curl", "kind", kind.String(), "text", redactLine(text))
			}
		}
	default:
		log.Debug("curl", "kind", kind.String(), "bytes", len(data))
	}
}

// secretHeaders are the header fields whose values are credentials.
var secretHeaders = []string{
	"authorization", "proxy-authorization", "cookie", "set-cookie", "x-auth-token", "x-api-key",
	"authentication-info", "proxy-authentication-info", "x-amz-security-token",
}

// secretCommands are the commands of other protocols whose arguments are credentials.
var secretCommands = []string{"pass ", "user ", "auth ", "login ", "acct ", "apop ", "authenticate "}

// redactLine keeps what a line says and drops the credentials in it.
func redactLine(line string) string {
	lower := strings.ToLower(line)
	for _, name := range secretHeaders {
		// Remarks of libcurl about HTTP/2 streams repeat header fields in brackets.
		if i := strings.Index(lower, name+":"); i == 0 || i > 0 && strings.ContainsRune(" [", rune(lower[i-1])) {
			return line[:i+len(name)+1] + " (redacted)"
		}
	}
	for _, cmd := range secretCommands {
		if i := strings.Index(lower, cmd); i == 0 || i > 0 && strings.HasSuffix(line[:i], " ") && i <= 8 { // IMAP: "A001 LOGIN ..."
			return line[:i+len(cmd)] + "(redacted)"
		}
	}
	if strings.HasPrefix(lower, "server auth using") || strings.HasPrefix(lower, "proxy auth using") {
		if i := strings.Index(lower, "with user"); i > 0 {
			return line[:i] + "with user (redacted)"
		}
	}
	return line
}
