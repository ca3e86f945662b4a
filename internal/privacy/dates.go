package privacy

import "strings"

const (
	monthNames set = " jan january feb february mar march apr april may jun june jul july aug august sep sept " +
		"september oct october nov november dec december "
	// Words that say a date is one of birth.
	birthWords set = " dob born birth birthdate birthday d.o.b "
	// Words for a person: near one, a date long ago is a date of birth.
	personWords set = " patient patients pt pts mr mrs miss ms nhs mrn hospital aged lady gentleman man woman boy " +
		"girl baby child referred referral attended name surname "
	// Words for something else that happened on a date long ago.
	eventWords set = " calibrated calibration serviced service installed commissioned manufactured published edition " +
		"version issued valid review due expiry expires exp standard act regulation regulations since founded opened " +
		"introduced licensed bought purchased acquired made built tested checked dated updated revised started " +
		"qualified registered employed joined died surgery implanted implant diagnosed fitted operated admitted seen " +
		"scan scanned "
)

// date reads a whole date from token i on, and returns the number of its tokens (0 for no date) and its year as
// written: 12/03/1956, 12.3.56, 1956-03-12, 3 March 1951, March 3rd, 1951, 03-Mar-51.
func (s *scanner) date(i int) (n int, year string) {
	a, b, c := s.at(i), s.at(i+2), s.at(i+4)
	if s.tight(i+1, "/.-–") && s.tight(i+3, s.at(i+1).text) {
		numbers := a.digits && b.digits && c.digits
		switch {
		case numbers && isDay(a.text) && isMonth(b.text) && isYearOf(c.text):
			return 5, c.text
		case numbers && isYear(a.text) && isMonth(b.text) && isDay(c.text):
			return 5, a.text
		case isDayOf(a) && monthNames.has(b.lower) && isYearOf(c.text):
			return 5, c.text
		}
	}
	return s.dateInWords(i)
}

// dateInWords reads a date with the name of its month: 3rd of March 1951, Mar. 3rd, 1951, 3 March '51.
func (s *scanner) dateInWords(i int) (n int, year string) {
	j, hasDay, hasMonth := i, false, false
	for range 2 {
		t := s.at(j)
		switch {
		case !hasDay && isDayOf(t):
			hasDay = true
			j++
			if dayEndings.has(s.at(j).lower) {
				j++
			}
			if s.at(j).lower == "of" {
				j++
			}
		case !hasMonth && monthNames.has(t.lower) && t.letters:
			hasMonth = true
			j++
			if s.at(j).text == "." && !s.at(j).afterSpace {
				j++
			}
		default:
			return 0, ""
		}
	}
	if s.at(j).text == "," {
		j++
	}
	y := s.at(j).text
	if isYearOf(y) && (len(y) == 4 || birthWords.any(s.wordsBefore(i, 5)) || s.dottedBirth(i)) {
		return j - i + 1, y
	}
	if y == "'" || y == "’" {
		if short := s.at(j + 1); isYearOf(short.text) && !short.afterSpace {
			return j - i + 2, short.text
		}
	}
	return 0, ""
}

const dayEndings set = " st nd rd th "

func isDay(t string) bool {
	if t == "" || len(t) > 2 || countDigits(t) != len(t) || t == "0" || t == "00" {
		return false
	}
	return len(t) == 1 || twoDigits(t) <= 31
}

func isMonth(t string) bool { return isDay(t) && (len(t) == 1 || twoDigits(t) <= 12) }

// isDayOf reports whether a token is a day of a month, such as 3 or 3rd.
func isDayOf(t token) bool {
	text := t.lower
	for _, end := range []string{"st", "nd", "rd", "th"} {
		text = strings.TrimSuffix(text, end)
	}
	return isDay(text)
}

// isYearOf reports whether a text may be the year of a date: four digits from 1900 to 2099, or the last two.
func isYearOf(t string) bool { return isYear(t) || len(t) == 2 && countDigits(t) == 2 }

// birthDate finds a date of birth: a date after a word that says so, or one long ago near a word for a person.
func (s *scanner) birthDate(i int) (Finding, bool) {
	t := s.at(i)
	if countDigits(t.text) == 0 && !monthNames.has(t.lower) || s.insideNumber(i) {
		return Finding{}, false
	}
	n, year := s.date(i)
	if n == 0 && t.digits && s.afterBirth(i) {
		n = s.bareDate(i)
		return s.finding(kindDOB, i, i+max(n, 1)-1), n > 0
	}
	if n == 0 {
		return Finding{}, false
	}
	last := i + n - 1
	if s.numberGoesOn(last) || year == "1900" || leafletWords.any(s.wordsBefore(i, 4)) {
		return Finding{}, false
	}
	for _, w := range s.wordsBefore(i, 12) {
		if countDigits(w) > 0 || monthNames.has(w) {
			continue
		}
		if notBirthWords.has(w) {
			break
		}
		if birthWords.has(w) {
			return s.finding(kindDOB, i, last), true
		}
	}
	after := s.wordsAfter(last, 2)
	if s.dottedBirth(i) || len(after) > 0 && (after[0] == "dob" || after[0] == "birth") {
		return s.finding(kindDOB, i, last), true
	}
	longAgo := len(year) == 4 && year >= "1905" && year <= "2012" ||
		len(year) == 2 && year >= "30" && personWords.any(s.wordsBefore(i, 3))
	person := personWords.any(s.wordsBefore(i, 8)) || personWords.any(s.wordsAfter(last, 5))
	event := eventWords.any(s.wordsBefore(i, 4)) || eventWords.any(s.wordsAfter(last, 1))
	return s.finding(kindDOB, i, last), longAgo && person && !event
}

// bareDate returns how many tokens a date takes that is written in digits only: 120356, 12031956, 19560312, 12 03 1956.
// It is 0 for none. Such digits mean a date only after a word for a birth.
func (s *scanner) bareDate(i int) int {
	t, month, year := s.at(i).text, s.at(i+1), s.at(i+2)
	switch {
	case (len(t) == 6 || len(t) == 8) && isDay(t[:2]) && isMonth(t[2:4]),
		len(t) == 8 && isYear(t[:4]) && isMonth(t[4:6]):
		return 1
	case isDay(t) && month.digits && isMonth(month.text) && year.digits && isYearOf(year.text):
		return 3
	}
	return 0
}

// notBirthWords say what a date after them is, even if a word for a birth comes before.
const notBirthWords set = " calibrated calibration serviced installed manufactured published edition version due " +
	"expiry expires review appointment booked died "

// leafletWords are things that people say were born too.
const leafletWords set = " leaflet idea project protocol app poster "

// afterBirth reports whether a word for a birth comes before a token, with only filler words between.
func (s *scanner) afterBirth(i int) bool {
	for _, w := range s.wordsBefore(i, 4) {
		if birthWords.has(w) {
			return true
		}
		if !fillerWords.has(w) && w != "of" && w != "date" {
			break
		}
	}
	return s.dottedBirth(i)
}

// dottedBirth reports whether d.o.b., d o b, (b or b. comes right before a token.
func (s *scanner) dottedBirth(i int) bool {
	j := i - 1
	for j >= 0 && !s.at(j).word && i-j < 4 {
		j--
	}
	return s.at(j).lower == "b" && (s.at(j-2).lower == "o" && s.at(j-4).lower == "d" ||
		s.at(j-1).lower == "o" && s.at(j-2).lower == "d" ||
		s.at(j-1).text == "(" || s.at(j+1).text == "." && !s.at(j+1).afterSpace)
}

// postcodeAreas are the letters that postcodes in the United Kingdom and the Crown dependencies begin with.
const postcodeAreas set = " AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL " +
	"DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS " +
	"LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY " +
	"TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "

// postcode finds a whole postcode, such as LS9 7TF. Without the space it must be long and in capitals, or follow a word
// for an address.
func (s *scanner) postcode(i int) (Finding, bool) {
	t, next := s.at(i), s.at(i+1)
	if !t.word || s.insideNumber(i) || t.digits || t.letters {
		return Finding{}, false
	}
	upper, upperNext := strings.ToUpper(t.text), strings.ToUpper(next.text)
	address := addressWords.any(s.wordsBefore(i, 8))
	said := s.labelOf(i)
	thing := said.thing && said.direct
	if thing && !address || s.office(i, i+1) {
		return Finding{}, false
	}
	if outward(upper) && inward(upperNext) && next.afterSpace && !next.afterBreak && !s.numberGoesOn(i+1) {
		capitals := t.text == upper && next.text == upperNext
		small := t.text == t.lower && next.text == next.lower
		if address || capitals || small {
			return s.finding(kindPostcode, i, i+1), true
		}
	}
	n := len(upper) - 3
	whole := n > 1 && n < 5 && outward(upper[:n]) && inward(upper[n:]) && !s.numberGoesOn(i)
	return s.finding(kindPostcode, i, i), whole && (address || t.text == upper && n > 2 && !thing)
}

const addressWords set = " postcode postcodes address addresses lives lived living live home house moved road street " +
	"avenue lane close from drive post code pcode at "

// outward reports whether a text is the first half of a postcode: an area, then a digit, then perhaps a digit or a
// letter.
func outward(t string) bool {
	n := 0
	for n < len(t) && t[n] >= 'A' && t[n] <= 'Z' {
		n++
	}
	rest := t[n:]
	if n == 0 || n > 2 || !postcodeAreas.has(t[:n]) || len(rest) == 0 || len(rest) > 2 || countDigits(rest[:1]) == 0 {
		return false
	}
	return len(rest) == 1 || countDigits(rest) == 2 || rest[1] >= 'A' && rest[1] <= 'Z'
}

// inward reports whether a text is the second half of a postcode: a digit and two letters. Letters that are easily
// misread are not used there.
func inward(t string) bool {
	const letters = "ABDEFGHJLNPQRSTUWXYZ"
	return len(t) == 3 && countDigits(t[:1]) == 1 &&
		strings.Contains(letters, t[1:2]) && strings.Contains(letters, t[2:])
}
