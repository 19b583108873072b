package curl

import (
	"iter"
	"slices"
)

// Message says that the transfer of a member is over.
type Message struct {
	Easy *Easy
	Err  error // nil, or an *Error as Perform of the handle would return it
}

// InfoRead takes the next message, in the order in which transfers ended, and reports false when there is none. The handle
// stays a member until Remove, which also drops a message that was not read. It may be called from anywhere, also in
// callbacks, from other goroutines, and after Close.
//
// https://curl.se/libcurl/c/curl_multi_info_read.html
func (m *Multi) InfoRead() (Message, bool) {
	in := m.inner()
	in.mu.Lock()
	defer in.mu.Unlock()
	for len(in.messages) > 0 {
		msg := in.messages[0]
		in.messages[0] = nil
		in.messages = in.messages[1:]
		if msg.h == nil {
			continue // removed
		}
		if b := in.list[msg.h]; b != nil && b.message == msg {
			b.message = nil
		}
		e := msg.easy
		if e == nil {
			e = m.members[msg.h]
		}
		return Message{Easy: e, Err: msg.err}, true
	}
	in.messages = nil
	return Message{}, false
}

// Messages is an iterator that takes messages with InfoRead until there is none.
func (m *Multi) Messages() iter.Seq[Message] {
	return func(yield func(Message) bool) {
		for msg, ok := m.InfoRead(); ok; msg, ok = m.InfoRead() {
			if !yield(msg) {
				return
			}
		}
	}
}

// dropMessages forgets the messages of handles that were removed. The caller holds mu.
func (in *multi) dropMessages() {
	in.messages = slices.DeleteFunc(in.messages, func(msg *message) bool { return msg.h == nil })
}
