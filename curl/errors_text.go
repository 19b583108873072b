package curl

// text is what libcurl has said about the last call, without the login of a URL or proxy that it shows.
func (h *handle) text() string { return redactURL(h.cell.ErrorText()) }
