package curl

import (
	"bytes"
	"context"
	"encoding/base64"
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
	binary := bytes.IndexByte(data, 0) >= 0 // MQTT, whose CONNECT holds the password
	if kind > opt.DebugHeaderOut || binary {
		log.Debug("curl", "kind", kind.String(), "bytes", len(data))
		return
	}
	for line := range bytes.Lines(data) {
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case text == "":
			continue
		case kind == opt.DebugHeaderOut && saslAnswer(text):
			text = "(redacted)"
		default:
			text = redactLine(redactURL(text))
		}
		log.Debug("curl", "kind", kind.String(), "text", text)
	}
}

// saslAnswer says whether a line to a mail server looks like the base64 of an authentication: it comes without a command.
func saslAnswer(line string) bool {
	_, err := base64.StdEncoding.DecodeString(line)
	return err == nil && len(line) >= 8 && strings.ToUpper(line) != line
}

// redactURL drops user name and password from the first URL in a line, or from a proxy without a scheme that libcurl does not
// understand, and shows as it was set.
func redactURL(line string) string {
	const scheme, proxy = "://", "proxy syntax in '"
	var rest string
	start := strings.Index(line, scheme)
	if start >= 0 {
		start += len(scheme)
		rest = line[start:]
		if end := strings.IndexAny(rest, "/?# '\""); end >= 0 {
			rest = rest[:end]
		}
	} else if start = strings.Index(line, proxy); start >= 0 {
		start += len(proxy)
		rest = line[start:]
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		return line[:start] + "(redacted)" + line[start+at:]
	}
	return line
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
	if strings.HasPrefix(lower, "added cookie ") || strings.HasPrefix(lower, "replaced cookie ") {
		name, _, _ := strings.Cut(line, "=")
		return name + "=(redacted)"
	}
	if strings.HasPrefix(lower, "server auth using") || strings.HasPrefix(lower, "proxy auth using") {
		if i := strings.Index(lower, "with user"); i > 0 {
			return line[:i] + "with user (redacted)"
		}
	}
	return line
}
