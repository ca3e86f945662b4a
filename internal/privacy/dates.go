package privacy

import (
	"slices"
	"strings"
)

const (
	monthNames set = " jan january feb february mar march apr april may jun june jul july aug august sep sept " +
		"september oct october nov november dec december "
	// Words for a birth.
	ofBirth set = " dob born birth birthdate birthday d.o.b "
	// Words for a patient, near which a day long ago is one of birth.
	ofPerson set = " patient patients pt pts mr mrs miss ms nhs mrn hospital aged lady gentleman man woman boy girl " +
		"baby child referred referral attended name surname "
	// Words by which a day long ago is of something else.
	ofEvent set = " calibrated calibration serviced service installed commissioned manufactured published edition " +
		"version issued valid review due expiry expires exp standard act regulation regulations since founded opened " +
		"introduced licensed bought purchased acquired made built tested checked dated updated revised started " +
		"qualified registered employed joined died surgery implanted implant diagnosed fitted operated admitted seen " +
		"scan scanned "
)

// date gives how many tokens a whole date from token i on takes, or 0: 12/03/1956, 12.3.56, 1956-03-12, 3 March 1951,
// March 3rd, 1951, 03-Mar-51.
func (s *scanner) date(i int) (n int, year string) {
	a, sep, b, sep2, c := s.at(i), s.at(i+1), s.at(i+2), s.at(i+3), s.at(i+4)
	joined := !sep.apart && !b.apart && !sep2.apart && !c.apart && sep.text == sep2.text && sep.among("/.-–")
	switch {
	case joined && a.digits && b.digits && c.digits && dayMonthYear(a.text, b.text, c.text):
		return 5, c.text
	case joined && a.digits && b.digits && c.digits && len(a.text) == 4 && isYear(a.text) && isMonth(b.text) &&
		isDay(c.text):
		return 5, a.text
	case joined && isDayOf(a) && monthNames.has(b.low) && isYearOf(c.text):
		return 5, c.text
	}
	// In words: with "of", and a comma before the year.
	j, day, month := i, 0, 0
	for range 2 {
		t := s.at(j)
		switch {
		case day == 0 && isDayOf(t):
			day, j = 1, j+1
			if low := s.at(j).low; low == "of" || low == "st" || low == "nd" || low == "rd" || low == "th" {
				j++
			}
			if s.at(j).low == "of" {
				j++
			}
		case month == 0 && monthNames.has(t.low) && t.letters:
			month, j = 1, j+1
			if s.at(j).text == "." && !s.at(j).apart {
				j++
			}
		default:
			return 0, ""
		}
	}
	if s.at(j).text == "," {
		j++
	}
	if y := s.at(j).text; isYearOf(strings.TrimPrefix(y, "'")) &&
		(len(y) == 4 || ofBirth.any(s.left(i, 5)) || s.dottedBirth(i)) {
		return j - i + 1, y
	}
	if s.at(j).text == "'" || s.at(j).text == "’" {
		if y := s.at(j + 1); isYearOf(y.text) && !y.apart {
			return j - i + 2, y.text
		}
	}
	return 0, ""
}

func dayMonthYear(a, b, c string) bool { return isDay(a) && isMonth(b) && isYearOf(c) }

func isDay(t string) bool {
	return len(t) <= 2 && count(t) == len(t) && t != "" && t != "0" && t != "00" && (len(t) == 1 || two(t) <= 31)
}

func isMonth(t string) bool { return isDay(t) && (len(t) == 1 || two(t) <= 12) }

// isDayOf says whether a token is a day of a month, such as 3 or 3rd.
func isDayOf(t token) bool {
	text := t.low
	for _, end := range []string{"st", "nd", "rd", "th"} {
		text = strings.TrimSuffix(text, end)
	}
	return isDay(text)
}

func isYearOf(t string) bool { return isYear(t) || len(t) == 2 && count(t) == 2 }

// born finds a date of birth: a date behind a word for it, or one of long ago beside a word for a patient.
func (s *scanner) born(i int) (Finding, bool) {
	t := s.at(i)
	if count(t.text) == 0 && !monthNames.has(t.low) || s.joinedDigits(i) {
		return Finding{}, false
	}
	n, year := s.date(i)
	if n == 0 {
		if t.digits && (len(t.text) == 6 || len(t.text) == 8) && s.nextToBirth(i) &&
			(isDay(t.text[:2]) && isMonth(t.text[2:4]) ||
				len(t.text) == 8 && isYear(t.text[:4]) && isMonth(t.text[4:6])) {
			return s.found(kindDOB, i, i), true
		}
		if t.digits && s.nextToBirth(i) && len(t.text) <= 2 && s.at(i+1).digits && s.at(i+2).digits && // 12 03 1956
			dayMonthYear(t.text, s.at(i+1).text, s.at(i+2).text) {
			return s.found(kindDOB, i, i+2), true
		}
		return Finding{}, false
	}
	last := i + n - 1
	if s.goesOn(last) || year == "1900" || leafletWords.any(s.left(i, 4)) {
		return Finding{}, false
	}
	for _, w := range s.left(i, 12) {
		if count(w) > 0 || monthNames.has(w) {
			continue
		}
		if notOfBirth.has(w) {
			break
		}
		if ofBirth.has(w) {
			return s.found(kindDOB, i, last), true
		}
	}
	after := s.right(last, 2)
	if s.dottedBirth(i) || len(after) > 0 && (after[0] == "dob" || after[0] == "birth") {
		return s.found(kindDOB, i, last), true
	}
	long := len(year) == 4 && year >= "1905" && year <= "2012" || len(year) == 2 && year >= "30" &&
		ofPerson.any(s.left(i, 3))
	around := slices.Concat(s.left(i, 8), s.right(last, 5))
	event := ofEvent.any(slices.Concat(s.left(i, 4), s.right(last, 1)))
	return s.found(kindDOB, i, last), long && ofPerson.any(around) && !event
}

// notOfBirth are words that a date behind them is of, whatever was said before.
const notOfBirth set = " calibrated calibration serviced installed manufactured published edition version due expiry " +
	"expires review appointment booked died "

// leafletWords are things that are said to be born too.
const leafletWords set = " leaflet idea project protocol app poster "

// nextToBirth says whether a word for a birth stands before a token with nothing but signs and small words between.
func (s *scanner) nextToBirth(i int) bool {
	for _, w := range s.left(i, 4) {
		if ofBirth.has(w) {
			return true
		}
		if !ofNothing.has(w) && w != "of" && w != "date" {
			break
		}
	}
	return s.dottedBirth(i)
}

// dottedBirth says whether d.o.b. stands before a token.
func (s *scanner) dottedBirth(i int) bool {
	j := i - 1
	for j >= 0 && !s.at(j).word && i-j < 4 {
		j--
	}
	return s.at(j).low == "b" && (s.at(j-2).low == "o" && s.at(j-4).low == "d" || s.at(j-1).low == "o" &&
		s.at(j-2).low == "d" || s.at(j-1).text == "(" || s.at(j+1).text == "." && !s.at(j+1).apart)
}

// areas are the letters that the postcodes of the United Kingdom begin with.
const areas set = " AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT " +
	"DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M " +
	"ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD " +
	"TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "

// postcode finds a whole postcode, such as LS9 7TF. Without its blank it is one only where an address is spoken of.
func (s *scanner) postcode(i int) (Finding, bool) {
	t, next := s.at(i), s.at(i+1)
	if !t.word || s.joinedDigits(i) || t.digits || t.letters {
		return Finding{}, false
	}
	upper := strings.ToUpper(t.text)
	lives := addressWords.any(s.left(i, 8))
	_, thing, plain, _ := s.label(i)
	thing = thing && plain
	switch {
	case thing && !lives, s.office(i, i+1):
	case outward(upper) && inward(strings.ToUpper(next.text)) && next.apart && !next.line && !s.goesOn(i+1) &&
		(t.text == upper && next.text == strings.ToUpper(next.text) || lives || t.text == t.low &&
			next.text == next.low):
		return s.found(kindPostcode, i, i+1), true
	case len(upper) > 4 && len(upper) < 8 && outward(upper[:len(upper)-3]) && inward(upper[len(upper)-3:]) &&
		!s.goesOn(i) && (lives || t.text == upper && len(upper) > 5 && !thing):
		return s.found(kindPostcode, i, i), true
	}
	return Finding{}, false
}

const addressWords set = " postcode postcodes address addresses lives lived living live home house moved road street " +
	"avenue lane close from drive post code pcode at "

// outward says whether a text is the first half of a postcode: its area, and a digit with a digit or a letter.
func outward(t string) bool {
	n := 0
	for n < len(t) && t[n] >= 'A' && t[n] <= 'Z' {
		n++
	}
	rest := t[n:]
	if n == 0 || n > 2 || !areas.has(t[:n]) || len(rest) == 0 || len(rest) > 2 || count(rest[:1]) == 0 {
		return false
	}
	return len(rest) == 1 || count(rest) == 2 || rest[1] >= 'A' && rest[1] <= 'Z'
}

// inward says whether a text is its second half: a digit and two letters that are not taken for others.
func inward(t string) bool {
	const letters = "ABDEFGHJLNPQRSTUWXYZ"
	return len(t) == 3 && count(t[:1]) == 1 && strings.Contains(letters, t[1:2]) && strings.Contains(letters, t[2:])
}
