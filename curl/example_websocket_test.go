//go:build cgo

package curl_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Say hello, read the answer, and close properly.
func ExampleDialWebSocket() {
	url, stop := echoServer()
	defer stop()

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	ws, err := curl.DialWebSocket(ctx, url, opt.UserAgent("example/1.0"))
	if errors.Is(err, curl.ErrUnsupported) {
		fmt.Println("hello, WebSocket") // the running libcurl is too old
		return
	}
	if err != nil {
		log.Fatal(err)
	}
	defer ws.Close()

	if err := ws.Write(ctx, curl.TextMessage, []byte("hello, WebSocket")); err != nil {
		log.Fatal(err)
	}
	_, data, err := ws.Read(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(data))

	if err := ws.Shutdown(ctx, curl.CloseNormal, ""); err != nil {
		log.Fatal(err)
	}
	// Output: hello, WebSocket
}

// One goroutine reads until the peer closes, which is the only way to hear of it; another one writes.
func ExampleWebSocket_Read() {
	url, stop := echoServer()
	defer stop()

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	ws, err := curl.DialWebSocket(ctx, url)
	if errors.Is(err, curl.ErrUnsupported) {
		fmt.Println("1\n2\n3\nclosed: 1000") // the running libcurl is too old
		return
	}
	if err != nil {
		log.Fatal(err)
	}
	defer ws.Close()

	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			_, data, err := ws.Read(ctx)
			var closed *curl.CloseError
			switch {
			case errors.As(err, &closed):
				fmt.Println("closed:", closed.Code)
				return
			case err != nil:
				log.Print(err)
				return
			}
			fmt.Println(string(data))
		}
	}()
	for i := 1; i <= 3; i++ {
		if err := ws.Write(ctx, curl.TextMessage, fmt.Append(nil, i)); err != nil {
			log.Fatal(err)
		}
	}
	if err := ws.Shutdown(ctx, curl.CloseNormal, "all said"); err != nil {
		log.Fatal(err)
	}
	<-done
	// Output:
	// 1
	// 2
	// 3
	// closed: 1000
}

// A message of unknown length is written piece by piece, and read that way.
func ExampleWebSocket_Writer() {
	url, stop := echoServer()
	defer stop()

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	ws, err := curl.DialWebSocket(ctx, url)
	if errors.Is(err, curl.ErrUnsupported) {
		fmt.Println("line 1\nline 2") // the running libcurl is too old
		return
	}
	if err != nil {
		log.Fatal(err)
	}
	defer ws.Close()

	w, err := ws.Writer(ctx, curl.TextMessage)
	if err != nil {
		log.Fatal(err)
	}
	for i := 1; i <= 2; i++ {
		fmt.Fprintf(w, "line %d\n", i)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}

	_, r, err := ws.Reader(ctx)
	if err != nil {
		log.Fatal(err)
	}
	printAll(r)
	// Output:
	// line 1
	// line 2
}

// libcurl's other way with WebSocket: Perform lasts as long as the connection, each frame is given to the write function,
// and answers are sent from there.
func ExampleEasy_WSMeta() {
	url, stop := greetingServer()
	defer stop()

	var h *curl.Easy
	h, err := curl.New(opt.URL(url), opt.WriteFunction(func(p []byte) error {
		frame, err := h.WSMeta()
		if err != nil || frame.Flags != opt.FrameText {
			return err
		}
		fmt.Printf("the server says %q\n", p)
		_, err = h.WSSend(context.Background(), []byte("good bye"), opt.FrameText, 0)
		return err
	}))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if v, _ := curl.Version(); !speaksWebSocket(v) {
		fmt.Println(`the server says "hello"`)
		return
	}
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	// Output: the server says "hello"
}

// Frames as libcurl sees them, without messages: the connection is made by Perform, and used afterwards.
func ExampleEasy_WSSend() {
	url, stop := echoServer()
	defer stop()

	if v, _ := curl.Version(); !speaksWebSocket(v) {
		fmt.Println("FrameBinary: 3 bytes")
		return
	}
	h, err := curl.New(opt.URL(url), opt.ConnectOnly(opt.ConnectOnlyWebSocket))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := h.Perform(ctx); err != nil {
		log.Fatal(err)
	}
	if _, err := h.WSSend(ctx, []byte{1, 2, 3}, opt.FrameBinary, 0); err != nil {
		log.Fatal(err)
	}
	buf := make([]byte, 100)
	n, frame, err := h.WSRecv(ctx, buf)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%v: %d bytes\n", frame.Flags, n)
	// Output: FrameBinary: 3 bytes
}
