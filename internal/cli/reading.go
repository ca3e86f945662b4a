package cli

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

type coachReading struct {
	Cite     string   `json:"cite"`
	URL      string   `json:"url"`
	Minutes  int      `json:"minutes"`
	Question string   `json:"question"`
	Theories []string `json:"theories"`
}

func readingObject(r coaching.Reading) coachReading {
	return coachReading{r.Cite, r.URL, r.Minutes, r.Question, list(r.Theories)}
}

// readingWords are a reading in a paragraph, with its address where one was found.
func readingWords(r coaching.Reading) string {
	words := fmt.Sprintf("%s (%d minutes)", r.Cite, r.Minutes)
	if r.URL != "" {
		words += " " + r.URL
	}
	return words + " Ask: " + r.Question
}
