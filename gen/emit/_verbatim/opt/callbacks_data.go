package opt

// WriteFunc receives the body of a response (curl_write_callback). The bytes belong to libcurl and are valid during the
// call only. Returning nil takes all of them, [ErrPause] pauses the download, any other error ends the transfer.
// An empty body may be announced by one call with no bytes.
type WriteFunc func(p []byte) error

// HeaderFunc receives one header line of a response with its line end (curl_write_callback as CURLOPT_HEADERFUNCTION
// takes it): lines of every response of the transfer, of proxies and redirects too, and trailers. The
// bytes are valid during the call only. Errors mean the same as for [WriteFunc].
type HeaderFunc func(line []byte) error

// InterleaveFunc receives the interleaved data of an RTSP session (curl_write_callback as CURLOPT_INTERLEAVEFUNCTION
// takes it). The bytes are valid during the call only; an error ends the transfer.
type InterleaveFunc func(p []byte) error

// ReadFunc provides the body of a request (curl_read_callback) the way an io.Reader does: it fills p from the
// start and says how much it wrote; io.EOF ends the body, [ErrPause] pauses the upload, any other error ends the
// transfer.
type ReadFunc func(p []byte) (int, error)

// SeekFunc moves the source of an upload (curl_seek_callback), so that libcurl can send it again after a redirect or a
// round of authentication. The meaning of offset and whence is that of io.Seeker. [ErrCantSeek] lets libcurl look for
// another way, any other error ends the transfer.
type SeekFunc func(offset int64, whence int) error

// IoctlFunc restarts the source of an upload (curl_ioctl_callback), the forerunner of [SeekFunc]. An error ends the
// transfer.
type IoctlFunc func(cmd IOCommand) error

// TrailerFunc provides the trailing headers of a chunked upload (curl_trailer_callback), each as "Name: value". An
// error ends the transfer.
type TrailerFunc func() ([]string, error)
