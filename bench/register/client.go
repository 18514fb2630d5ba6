package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"strconv"
	"strings"
)

// client is one connection that asks and waits for the answer, with little work of its own:
// on the same machine it takes processor time from the server that is measured. Every
// system is measured with it.
type client struct {
	host, cookie string
	conn         net.Conn
	in           *bufio.Reader
	out          []byte
}

func dial(host, cookie string) (*client, error) {
	conn, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	return &client{host: host, cookie: cookie, conn: conn, in: bufio.NewReaderSize(conn, 16<<10)}, nil
}

func (c *client) close() { _ = c.conn.Close() }

// ask gives the body of the answer, and an error where its status is another than want.
func (c *client) ask(method, path string, body []byte, want int) ([]byte, error) {
	b := append(c.out[:0], method+" "+path+" HTTP/1.1\r\nHost: "+c.host+"\r\n"...)
	if c.cookie != "" {
		b = append(b, "Cookie: "+c.cookie+"\r\n"...)
	}
	if body != nil {
		b = append(b, "Content-Type: application/json\r\nContent-Length: "+strconv.Itoa(len(body))+"\r\n"...)
	}
	c.out = append(append(b, "\r\n"...), body...)
	if _, err := c.conn.Write(c.out); err != nil {
		return nil, err
	}
	status, answer, err := c.answer()
	if err == nil && status != want {
		err = fmt.Errorf("%d %.200s", status, answer)
	}
	return answer, err
}

func (c *client) answer() (status int, body []byte, err error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil || len(line) < 12 {
		return 0, nil, fmt.Errorf("no answer: %v", err)
	}
	status, _ = strconv.Atoi(string(line[9:12]))
	length, chunked := 0, false
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return 0, nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch {
		case strings.EqualFold(string(name), "Content-Length"):
			length, _ = strconv.Atoi(string(value))
		case strings.EqualFold(string(name), "Transfer-Encoding"):
			chunked = true
		}
	}
	if chunked {
		body, err = io.ReadAll(httputil.NewChunkedReader(c.in))
		if err == nil {
			_, err = c.in.Discard(2) // the line after the last chunk
		}
		return status, body, err
	}
	body = make([]byte, length)
	_, err = io.ReadFull(c.in, body)
	return status, body, err
}
