package testserver

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"time"
)

// BytesTime is the Last-Modified of /bytes.
var BytesTime = time.Date(2020, time.January, 2, 3, 4, 5, 0, time.UTC)

func serveBytes(w http.ResponseWriter, r *http.Request) {
	if n, ok := size(w, r); ok {
		w.Header().Set("Content-Type", "application/octet-stream")
		http.ServeContent(w, r, "", BytesTime, NewPatternReader(n))
	}
}

func serveChunked(w http.ResponseWriter, r *http.Request) {
	n, ok := size(w, r)
	if !ok {
		return
	}
	piece := make([]byte, 1000)
	for off := int64(0); off < n; off += int64(len(piece)) {
		piece = piece[:min(int64(len(piece)), n-off)]
		Pattern(piece, off)
		if _, err := w.Write(piece); err != nil {
			return
		}
		flush(w)
	}
	flush(w) // an empty body is chunked as well
}

func serveGzip(w http.ResponseWriter, r *http.Request) {
	if n, ok := size(w, r); ok {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.Copy(z, NewPatternReader(n))
		_ = z.Close()
	}
}

func serveCloseMid(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write(PatternBytes(500))
	flush(w)
	panic(http.ErrAbortHandler) // closes an HTTP/1 connection, resets an HTTP/2 stream
}

func serveTrailers(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Trailer", "X-Trailer")
	write(w, "body before the trailer\n")
	flush(w) // without this the body has a length and HTTP/1 sends no trailer
	w.Header().Set("X-Trailer", "after the body")
}

func serveEarlyHints(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Link", "</style.css>; rel=preload; as=style")
	w.WriteHeader(http.StatusEarlyHints)
	w.Header().Del("Link")
	w.Header().Set("X-Final", "yes")
	write(w, "after the hints\n")
}

func serveStatus(w http.ResponseWriter, r *http.Request) {
	n, ok := size(w, r)
	if !ok {
		return
	}
	if n < 200 || n > 999 {
		http.Error(w, "a final status is 200 to 999", http.StatusBadRequest)
		return
	}
	w.WriteHeader(int(n))
	if n != http.StatusNoContent && n != http.StatusNotModified {
		write(w, strconv.FormatInt(n, 10)+" as asked for\n")
	}
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }
