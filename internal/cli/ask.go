package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// asks says whether there is somebody to ask.
func (k *kit) asks() bool {
	return !k.asJSON() && k.env.IsTerminal(k.env.Stdin) && k.env.IsTerminal(k.env.Stdout)
}

// ask asks one question and gives what was typed.
func (k *kit) ask(question string) (string, error) {
	if k.answers == nil {
		k.answers = bufio.NewReader(io.LimitReader(k.env.Stdin, 1<<16))
	}
	fmt.Fprint(k.out, question)
	if err := k.out.Flush(); err != nil {
		return "", err
	}
	line, err := k.answers.ReadString('\n')
	if err != nil && line == "" {
		k.page().Blank()
		return "", &hinted{errors.New("nothing was answered, and nothing is changed"), "run the command again"}
	}
	return strings.TrimSpace(line), nil
}

// mayGoOn asks before something is changed. Where nobody is there to ask, hint says how to do without.
func (k *kit) mayGoOn(question, hint string) (bool, error) {
	if !k.asks() {
		return false, &hinted{errors.New("nothing is changed: it asks first, and here is nobody to ask"), hint}
	}
	yes, err := k.sure("\n" + question + " [y/N] ")
	if err == nil && !yes {
		k.page().next("nothing is changed")
	}
	return yes, err
}

func (k *kit) sure(question string) (bool, error) {
	typed, err := k.ask(question)
	word := strings.ToLower(typed)
	return word == "y" || word == "yes", err
}
