// Command ksbcoach is a coach for apprentices on an English occupational standard.
package main

import (
	"os"

	"github.com/ksbcoach/ksbcoach/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Host()))
}
