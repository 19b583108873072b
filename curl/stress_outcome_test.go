package curl_test

import (
	"context"
	"errors"
	"slices"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// mayFail says whether a call that the table accepts may come to this error.
func mayFail(op state.Op, err error) bool {
	if errors.Is(err, errUnjudged) {
		return true
	}
	switch op {
	case state.Add:
		return isOneOf(err, curl.ErrBusy) // its connections are elsewhere
	case state.MultiStep:
		return isOneOf(err, curl.ErrBusy, curl.ErrInCallback, context.Canceled, context.DeadlineExceeded)
	case state.CloseShare:
		return isOneOf(err, curl.ErrBusy)
	case state.Attach, state.Detach:
		return isOneOf(err, curl.ErrAttached, curl.ErrNotAttached, curl.ErrEngineClosed, curl.ErrShareClosed, curl.ErrInCallback,
			context.Canceled, context.DeadlineExceeded)
	case state.Perform, state.Open, state.Read:
		return isOneOf(err, context.Canceled, context.DeadlineExceeded, curl.ErrCancelled, curl.ErrClosed, curl.ErrEngineClosed,
			curl.ErrConfined, errStress, curl.ErrNoSource, curl.ErrNoRewind, codes.URLMalformed, codes.PartialFile, codes.TooManyRedirects, codes.HTTP2,
			codes.HTTP2Stream, codes.SendFailRewind, codes.SendError, codes.RecvError, codes.GotNothing, codes.CouldntConnect,
			codes.SSLConnectError, codes.OperationTimedOut, codes.UnsupportedProtocol, codes.WeirdServerReply)
	case state.Send, state.Recv:
		return isOneOf(err, context.Canceled, context.DeadlineExceeded, codes.SendError, codes.RecvError, codes.UnsupportedProtocol,
			codes.HTTP2,      // what is sent is no HTTP/2
			codes.WriteError) // what comes by HTTP/2 is for the write function, which may refuse it
	case state.WSSend, state.WSRecv, state.WSMeta, state.WSStartFrame: // none of the transfers is one
		return isOneOf(err, context.Canceled, context.DeadlineExceeded, curl.ErrUnsupported, curl.ErrNoFrame, codes.SendError, codes.BadFunctionArgument,
			codes.UnsupportedProtocol, codes.NotBuiltIn)
	}
	return false
}

func isOneOf(err error, these ...error) bool {
	return slices.ContainsFunc(these, func(e error) bool { return errors.Is(err, e) })
}
