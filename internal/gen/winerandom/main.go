// Command winerandom writes a stand-in for bcryptprimitives.dll, the Windows library from which a Go program gets its
// random bytes. Wine 8 does not have it, so .ci/windows puts this one into wine's system folder; without it our
// programs would not start there.
//
//	go run ./internal/gen/winerandom FILE
//
// The library holds no code: its only function, ProcessPrng, is forwarded to SystemFunction036 in advapi32
// (RtlGenRandom), which takes the same buffer and length. So no compiler for Windows is needed to make it.
package main

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"fmt"
	"os"
)

const (
	library = "bcryptprimitives.dll"
	export  = "ProcessPrng"
	forward = "advapi32.SystemFunction036"

	page   = 0x1000 // where the only section begins in memory
	sector = 0x200  // where it begins in the file, after the headers
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: winerandom FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], image(), 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// image is the whole file: headers, and one section with a directory of exports.
func image() []byte {
	section, size := exports()
	header := pe.OptionalHeader64{
		Magic: 0x20b, SizeOfInitializedData: sector, ImageBase: 0x180000000, SectionAlignment: page,
		FileAlignment: sector, MajorOperatingSystemVersion: 6, MajorSubsystemVersion: 6, SizeOfImage: 2 * page,
		SizeOfHeaders: sector, Subsystem: pe.IMAGE_SUBSYSTEM_WINDOWS_CUI,
		DllCharacteristics: pe.IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE | pe.IMAGE_DLLCHARACTERISTICS_NX_COMPAT,
		SizeOfStackReserve: 1 << 20, SizeOfStackCommit: page, SizeOfHeapReserve: 1 << 20, SizeOfHeapCommit: page,
		NumberOfRvaAndSizes: 16,
	}
	header.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_EXPORT] = pe.DataDirectory{VirtualAddress: page, Size: size}
	parts := []any{
		dosHeader(),
		[4]byte{'P', 'E'},
		pe.FileHeader{
			Machine: pe.IMAGE_FILE_MACHINE_AMD64, NumberOfSections: 1,
			SizeOfOptionalHeader: uint16(binary.Size(header)),
			Characteristics: pe.IMAGE_FILE_EXECUTABLE_IMAGE | pe.IMAGE_FILE_LARGE_ADDRESS_AWARE |
				pe.IMAGE_FILE_DLL,
		},
		header,
		pe.SectionHeader32{
			Name: [8]uint8{'.', 'e', 'd', 'a', 't', 'a'}, VirtualSize: size, VirtualAddress: page,
			SizeOfRawData: sector, PointerToRawData: sector,
			Characteristics: pe.IMAGE_SCN_CNT_INITIALIZED_DATA | pe.IMAGE_SCN_MEM_READ,
		},
	}
	var out bytes.Buffer
	for _, part := range parts {
		put(&out, part)
	}
	pad(&out, sector)
	out.Write(section)
	pad(&out, 2*sector)
	return out.Bytes()
}

// exportDirectory is IMAGE_EXPORT_DIRECTORY, which debug/pe does not name.
type exportDirectory struct {
	Characteristics, TimeDateStamp                            uint32
	MajorVersion, MinorVersion                                uint16
	Name, Base, NumberOfFunctions, NumberOfNames              uint32
	AddressOfFunctions, AddressOfNames, AddressOfNameOrdinals uint32
}

// exports is the directory of exports, with one name. A function whose address lies in the directory itself is
// forwarded to the function that the text at that address names.
func exports() (data []byte, size uint32) {
	dir := exportDirectory{Base: 1, NumberOfFunctions: 1, NumberOfNames: 1}
	tables := page + uint32(binary.Size(dir))
	dir.AddressOfFunctions, dir.AddressOfNames, dir.AddressOfNameOrdinals = tables, tables+4, tables+8
	dir.Name = tables + 12 // the ordinal takes two bytes, and two more align the texts
	name := dir.Name + uint32(len(library)) + 1
	target := name + uint32(len(export)) + 1
	var out bytes.Buffer
	put(&out, dir)
	put(&out, []uint32{target, name, 0})
	out.WriteString(library + "\x00" + export + "\x00" + forward + "\x00")
	return out.Bytes(), uint32(out.Len())
}

// dosHeader is what every Windows program begins with: two letters, and where the real header is.
func dosHeader() [64]byte {
	dos := [64]byte{'M', 'Z'}
	binary.LittleEndian.PutUint32(dos[60:], uint32(len(dos)))
	return dos
}

// put writes a part; writing to a Buffer cannot fail.
func put(out *bytes.Buffer, part any) { _ = binary.Write(out, binary.LittleEndian, part) }

func pad(out *bytes.Buffer, to int) { out.Write(make([]byte, to-out.Len())) }
