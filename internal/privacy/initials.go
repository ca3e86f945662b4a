package privacy

import (
	"strconv"
	"strings"
)

// initials finds initials with an age or a bed: "JS, 54", "J.S. (72)", "54-year-old JS", "JS, bed 4" and "pt JS 54".
// Most pairs of capitals in a note mean something else, so those that often do need more to go with them.
func (s *scanner) initials(i int) (Finding, bool) {
	t, last := s.at(i), s.initialsFrom(i)
	if last < 0 {
		return Finding{}, false
	}
	common, never := commonCapitals.has(t.lower), neverInitials.has(t.lower)
	if from, to := s.withBed(i, last); from >= 0 && !never {
		return s.finding(kindInitials, from, to), true
	}
	a := s.ageAfter(last)
	if a.last < 0 {
		return s.finding(kindInitials, i, last), s.ageBefore(i) && !never
	}
	f := s.finding(kindInitials, i, a.last)
	switch {
	case a.sexed && (!t.afterBreak || a.mark != ""): // JS 54F
		return f, true
	case never, s.measured(a.last), s.inList(i, a.last) && !a.said:
		return f, false
	case a.said && (!common || len(t.text) == 2), // JS aged 54
		!common && initialsAfter.any(s.wordsBefore(i, 1)), // pt JS 54
		a.closed && last > i:                              // J.S. 54
		return f, true
	}
	apposed := (a.mark == "," || a.mark == "(") && a.closed && a.age > 0 // JS, 54
	return f, apposed && (!common || a.age > 17 && s.startsSentence(i))
}

const initialsAfter set = " patient pt initials client baby "

// withBed returns the first and last token of initials together with a bed: "JS, bed 4", "bed 9 (LC)". Both are -1 if
// there is no bed.
func (s *scanner) withBed(i, last int) (from, to int) {
	bed := func(j int) bool { // tokens j and j+1 name a bed
		n := s.at(j + 1)
		number := countDigits(n.text) > 0 && len(n.text) <= 3 || len(n.text) == 1 && n.capitals()
		return bedWords.has(s.at(j).lower) && number && !s.at(j).afterBreak
	}
	j := last + 1
	if s.at(j).oneOf(",(-–/") {
		j++
	}
	if in := s.at(j).lower; in == "in" || in == "on" || in == "at" || in == "from" {
		j++
	}
	if (s.at(j).lower == "ward" || s.at(j).lower == "bay") && !bed(j) || bed(j) && bed(j+2) {
		j += 2
		if s.at(j).text == "," {
			j++
		}
	}
	if bed(j) {
		return i, j + 1
	}
	j = i - 1
	if s.at(j).oneOf(",(-–/:") {
		j--
	}
	end := s.at(last + 1)
	alone := end.afterBreak || !end.word || j == i-1
	if bed(j-1) && !s.at(i).afterBreak && (alone || !commonCapitals.has(s.at(i).lower)) {
		return j - 1, last
	}
	return -1, -1
}

const bedWords set = " bed bay cubicle chair trolley cot incubator sideroom "

// age is a number after initials that may be the age of a patient.
type age struct {
	age, last int    // in years; last is the token at which it ends, -1 if there is no age
	mark      string // the punctuation before it, or ""
	sexed     bool   // M or F is written straight after it
	said      bool   // the words say that it is an age: 54F, aged 54, 54 years
	closed    bool   // nothing follows that it could be a number of
}

// ageAfter looks for an age right after token last.
func (s *scanner) ageAfter(last int) age {
	a := age{last: -1}
	j := last + 1
	if s.at(j).oneOf(",(-–/:") {
		a.mark = s.at(j).text
		j++
	}
	if sexWords.has(s.at(j).lower) && !s.at(j).afterBreak { // (F, 55)
		a.said = true
		j++
		if s.at(j).oneOf(",/") {
			j++
		}
	}
	if word := s.at(j).lower; word == "aged" || word == "age" {
		a.said = true
		j++
	}
	t, end := s.at(j), s.at(j+1)
	years, unit := splitAge(t.lower)
	if len(t.lower) > 1 && (t.lower[0] == 'm' || t.lower[0] == 'f') && countDigits(t.lower) == len(t.lower)-1 { // F54
		years, unit = splitAge(t.lower[1:] + t.lower[:1])
	}
	if unit == "s" && sexWords.has(end.lower) { // 70s male
		unit = end.lower
	}
	if t.afterBreak || years < 0 || unit != "" && !ageEnds.has(unit) || s.numberGoesOn(j) && !s.at(j+1).oneOf("-/") {
		return a
	}
	a.age, a.last = years, j
	a.sexed = strings.HasSuffix(t.text, "M") || strings.HasSuffix(t.text, "F")
	a.said = a.said || unit != "" || ageEnds.has(end.lower) && !end.afterBreak ||
		(end.text == "-" || end.text == "/") && ageEnds.has(s.at(j+2).lower)
	a.closed = end.afterBreak || end.text == "" || end.oneOf(",;):.-–/?!") ||
		end.letters && end.text == end.lower && !countedWords.has(end.lower)
	if a.mark == "(" && end.text == ")" && !end.afterSpace {
		a.last++
	}
	return a
}

// countedWords come after a number of something.
const countedWords set = " of out and or per x by to in pieces patients items samples questions leads lead slice " +
	"channel channels electrodes pages slides times tests points runs words ears sets parts steps "

const sexWords set = " m f male female man woman boy girl lady gentleman "

// inList reports whether what looks like an age is one of several numbers or a reference: "MI, 12, 14", "Table S4, 3".
func (s *scanner) inList(i, j int) bool {
	return s.at(j+1).text == "," && s.at(j+2).digits || referenceWords.any(s.wordsBefore(i, 1))
}

const referenceWords set = " section table figure fig page pages chapter duty duties ksb ksbs unit room bay bed ward " +
	"no level grade model type vol volume issue part clause annex appendix rev step module form "

const ageEnds set = " y yo yr yrs year years yob m f male female man woman boy girl months month mo weeks week days " +
	"lady gentleman yrs. old yoa yof yom mth mths wk wks yo. "

// splitAge divides an age into its number and what follows: 54, 54f, 54yo, 54yom. The number is -1 if t is no age.
func splitAge(t string) (years int, unit string) {
	unit = strings.TrimLeft(t, "0123456789")
	digits := t[:len(t)-len(unit)]
	years, err := strconv.Atoi(digits)
	if err != nil || len(digits) > 3 || years > 110 || len(digits) > 1 && digits[0] == '0' {
		return -1, ""
	}
	return years, unit
}

// ageBefore says whether an age ends right before initials: "54-year-old JS", "72yo F, JS", "54 y/o lady JS".
func (s *scanner) ageBefore(i int) bool {
	if before := s.wordsBefore(i, 2); len(before) == 2 && len(before[1]) == 2 && countDigits(before[1]) == 0 &&
		s.at(i-2).capitals() {
		return false // it is the age of those initials: "FB 38F CTS"
	}
	for n, w := range s.wordsBefore(i, 5) {
		years, unit := splitAge(w)
		switch {
		case years >= 0:
			return ageEnds.has(unit) || unit == "" && n > 0
		case !ageEnds.has(w) && !oldWords.has(w):
			return false
		}
	}
	return false
}

const oldWords set = " old o patient pt called aged "

// initialsFrom returns the last token of initials that begin at i, or -1 for none: JS, J.S., JRS and SMcK.
func (s *scanner) initialsFrom(i int) int {
	t := s.at(i)
	if !t.letters || !t.capitals() && !(len(t.text) == 4 && t.text[1:3] == "Mc") ||
		!s.at(i).afterSpace && (s.at(i-1).oneOf(".-&+") || s.at(i-1).text == "/" && s.at(i-2).text != s.at(i-2).lower) {
		return -1
	}
	switch n := len(t.text); {
	case n == 4 && t.text[1:3] == "Mc":
		return i // SMcK
	case n == 1:
		last := i
		for last < i+6 && s.pastStop(last+1) > last+1 && len(s.at(last+2).text) == 1 && s.at(last+2).capitals() &&
			!s.at(last+2).afterBreak {
			last += 2
		}
		if last == i {
			return -1
		}
		last = s.pastStop(last+1) - 1
		if s.at(last+1).capital() && !s.at(last+1).afterBreak && !s.endsSentence(last) {
			return -1 // J. S. Bach
		}
		return last
	case n <= 3:
		return i
	}
	return -1
}

// neverInitials are capitals that often come next to numbers and beds and are never initials.
const neverInitials set = " ok id iv ed er no am pm qc bp hr mr ct us on in at to of tv pc gp icu itu hdu ecg eeg " +
	"ecmo mri nhs sop iqc aed nbm dnr rn dr hca duty ksb iso ng bs cpd pta db hz rev ver "

// commonCapitals are abbreviations in a hospital or in everyday life: they are seldom initials.
const commonCapitals set = " ac ad ae af ai am ao ap ar as at av bm bp bs bsi ca cd ce cf ci cm co cpd cqc cs csf ct " +
	"cv cw cxr da db dc dna do dr ds dvt ea ecg ed eeg ef eg emg en ent ep epa eqa er et eu ev fda ff fft fit fm ft " +
	"gb gi gp ha hb hcp hcs he hf hl hr hse ht hv iac ic icc icu id ie iec if ii iii im in io ip ipc iqc ir is iso " +
	"it itu iv ix kpi ksb la lab lad lbbb led lis lot lp lv lvh ma mdt me med mg mhz mi mm mr mrs mri ms mv na nb " +
	"nhs ni nice nip no np ns ob oh ok on op or os ot ox pa pc pcr pd pe pet pfo ph pid pm po poc pp ppe ppm pps pr " +
	"ps psa pt pts pv qa qc qi qms qrs qt ra rbbb rca rf rh rna ro rr rv sd se sf si sn so sop sp st sts sv svt tb " +
	"tee th ti tia to toe tsh tte tv uk ukas un up us usb uv va vat vd ve vf vt vte wbc we wf wi xr xx xxx yes zn i " +
	"v vi vii ng ta qs br hba aed ana anti abr oae rem bte ite ric pta vemp vng dpoae tens lmp lft fbc crp inr esr " +
	"apt hiv hcv hbv mrsa opd aau cdu ccu nicu picu aid ukca mda fsn fsca udi dh lea osc rag swot gdpr dpa hta hfe " +
	"edta edd eta etd fev fvc tlco bsa tlc rvs pef pff nox bal rct sem sds cal cat cpr dat dpi ecu fio fob gcs hep " +
	"hdu hdl ldl icd ict iud ldh lvo max min mcq osce nmc hcpc gmc ipl ldr mic mph msc bsc phd mba nvq rpl ojt otj "
