package opt

import "errors"

// ErrPause is returned by a callback that moves data, a [WriteFunc], [HeaderFunc] or [ReadFunc], to pause its
// direction of the transfer. libcurl hands the same data over again when the transfer is resumed.
var ErrPause = errors.New("opt: callback paused the transfer")

// ErrCantSeek is returned by a [SeekFunc] that cannot seek. libcurl then reads forward to the position where that is
// possible, and otherwise fails the transfer.
var ErrCantSeek = errors.New("opt: callback cannot seek")
