package xlsx

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// What a workbook may hold. A skills scan has a hundred rows; these let a thousand times that through and stop what was
// made to fill a memory: a file that unpacks to gigabytes, ten million rows, elements in each other without end.
const (
	LargestFile  = 16 << 20 // bytes as they lie on the disk
	LargestPart  = 12 << 20 // bytes of one part, unpacked
	MostRows     = 20_000   // with something in them
	MostColumns  = 500      // with something in them
	MostCells    = 400_000  // merged ones counted by their area
	Deepest      = 40       // elements in each other
	largestToken = 1 << 20  // bytes between two tags
	mostParts    = 2_000
	lastRow      = 200_000 // the empty ones between others counted too
)

// errTooLarge is within what Read says of a workbook that is larger than any that people fill in.
var errTooLarge = errors.New("this workbook is larger than any that people fill in")

// errSealed is what Read says of a workbook with a password, and errOld of one of before 2007, or of another Office
// file.
var (
	errSealed = errors.New("this workbook has a password: take the password off and save it again")
	errOld    = errors.New("this is the older .xls form: open it and save it as an Excel workbook (.xlsx)")
)

func tooLarge(format string, a ...any) error {
	return fmt.Errorf("%w: %s", errTooLarge, fmt.Sprintf(format, a...))
}

// compound is how old Office files begin, and new ones with a password; the latter name the stream that holds them.
var (
	compound = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	sealed   = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

// admissible says whether the bytes may be taken for a workbook at all, before anything is unpacked.
func admissible(data []byte) error {
	switch {
	case len(data) > LargestFile:
		return tooLarge("%d MB, and %d may be read", len(data)>>20, LargestFile>>20)
	case bytes.HasPrefix(data, compound) && bytes.Contains(data, sealed):
		return errSealed
	case bytes.HasPrefix(data, compound):
		return errOld
	case !bytes.HasPrefix(data, []byte("PK")):
		return errors.New("this is no Excel workbook (.xlsx)")
	}
	// The directory at the end says how many parts there are; the reader of archives makes room for as many as it says.
	tail := data[max(0, len(data)-1<<16):]
	if at := bytes.LastIndex(tail, []byte("PK\x05\x06")); at >= 0 && at+12 <= len(tail) {
		if n := binary.LittleEndian.Uint16(tail[at+10:]); n > mostParts {
			return tooLarge("%d parts", n)
		}
	}
	return nil
}

// bounded reads no more than a part may hold, nor more than may lie between two tags.
type bounded struct {
	r           io.Reader
	left, token int
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.left -= n
	b.token -= n
	if b.left < 0 || b.token < 0 {
		return 0, tooLarge("a part of it unpacks to more than %d MB", LargestPart>>20)
	}
	return n, err
}
