package curl

import "strings"

// text is what libcurl has said about the last call, without the login of a URL or proxy that it shows.
func (h *handle) text() string {
	text := redactURL(h.cell.ErrorText())
	const proxy = "proxy syntax in '" // as it was set, often without a scheme
	if i := strings.Index(text, proxy); i >= 0 && !strings.Contains(text, "://") {
		i += len(proxy)
		if at := strings.LastIndexByte(text, '@'); at > i {
			return text[:i] + "(redacted)" + text[at:]
		}
	}
	return text
}
