//go:build !unix

package cli

import "io/fs"

func canBeNobody() bool { return false }

func asNobody() {}

func identity(fs.FileInfo) string { return "" }
