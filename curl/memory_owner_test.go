package curl

import (
	"testing"
	"unsafe"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// owned counts what the cell of e keeps because libcurl borrows it: the list behind the fourth field of its struct.
func owned(e *Easy) (n int) {
	cell := *(*unsafe.Pointer)(unsafe.Pointer(&e.h.cell))
	for o := *(*unsafe.Pointer)(unsafe.Add(cell, 3*unsafe.Sizeof(uintptr(0)))); o != nil; o = *(*unsafe.Pointer)(o) {
		n++
	}
	return n
}

// Memory that libcurl borrows belongs to the cell, and nothing else does: the table says which options those are.
func TestWhoOwnsTheMemoryOfAnOption(t *testing.T) {
	borrowed := 0
	t.Chdir(t.TempDir())
	settable(t, func(m opt.Meta) {
		e := fresh(t)
		for _, o := range samples(t, m) {
			if e.Set(o) != nil {
				continue
			}
			want := 0
			if m.Borrowed || m.ID == opt.IDCopyPostFields { // which is set as POSTFIELDS, with a copy of the cell's
				borrowed++
				want = 1
			}
			if got := owned(e); got != want {
				t.Errorf("%v: borrowed according to the table: %v, by the cell: %d", o, m.Borrowed, got)
			}
		}
		if m.Borrowed {
			if err := e.Unset(m.ID); err != nil || owned(e) != 0 {
				t.Errorf("%s keeps its memory when it is unset; %v", m.Name, err)
			}
		}
		e.Close()
	})
	if borrowed < 11 {
		t.Errorf("only %d options borrow memory", borrowed)
	}
	for m := range opt.All() {
		if m.Borrowed && m.Owner == "" && m.Class != opt.ClassList && m.Class != opt.ClassBytes {
			t.Errorf("%s is borrowed, of class %s, and nobody keeps it alive", m.Name, m.Class)
		}
	}
}
