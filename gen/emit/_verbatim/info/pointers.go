package info

// NoSocket is the answer to [ActiveSocket] when there is no connection.
const NoSocket = ^uintptr(0)

// TLSSession is the TLS library's own object for a connection, for code that calls the same library. It belongs to
// libcurl and is valid during the callback that asked for it, and on a handle that keeps its connection until that
// handle is used again; a call from anywhere else while a transfer runs is refused. Pointer is 0 when there is none.
type TLSSession struct {
	Backend TLSBackend
	Pointer uintptr
}
