package privacy

import "strings"

const (
	titles set = " mr mrs miss ms mx mstr master madam "
	// What a member of staff is called: such a name is rightly in a record, since they taught, saw or signed.
	ofStaff set = " surgeon surgeons consultant consultants mentor mentors supervisor supervisors tutor " +
		"tutors manager managers assessor assessors lecturer lecturers trainer trainers colleague colleagues " +
		"lead leads leader teacher instructor registrar boss physiologist audiologist scientist scientists " +
		"engineer technologist technician nurse sister matron radiographer doctor professor cardiologist " +
		"anaesthetist radiologist neurologist urologist ophthalmologist pathologist dietitian pharmacist " +
		"optometrist orthoptist practitioner coordinator co-ordinator director head deputy chief officer " +
		"examiner appraiser coach preceptor educator secretary receptionist rep representative witness verifier " +
		"moderator supplier speaker chair author editor team staff theatre list firm clinic clinics lecture talk " +
		"workshop session course department surgery's governor porter superintendent worker physicist biochemist " +
		"haematologist microbiologist "
	// What staff did, before "by Mrs Lindqvist".
	byStaff set = " taught observed supervised signed off led run delivered checked assessed witnessed " +
		"reviewed approved trained shown countersigned countersign agreed coached mentored written authored " +
		"verified marked chaired presented demonstrated overseen authorised authorized interviewed appraised " +
		"given examined organised arranged hosted "
	// What staff did, after their name.
	didStaff set = " showed taught observed supervised signed demonstrated trained watched assessed " +
		"countersigned coached mentored appraised lectured chairs runs teaches supervises leads signs checks " +
		"manages presented delivered approved ran led gave emailed operates operated performed arranged verified " +
		"marked chaired "
	// Words after which a name is that of a patient.
	namesPatient set = " patient patients pt pts called named surname forename client baby "
	// Relatives: their names are of the patient's family.
	relatives set = " wife husband son daughter mother father mum dad carer partner sister brother niece " +
		"nephew grandson granddaughter grandmother grandfather nok "
)

// titled finds "Mrs Jones". Dr, Prof., Sister and Nurse are titles of staff, who are named in a record for good reason,
// and so is a Mr or Mrs where the words beside it say so.
func (s *scanner) titled(i int) (Finding, bool) {
	t := s.at(i)
	switch {
	case !t.letters || len(t.low) > 6 || !titles.has(t.low):
		return Finding{}, false
	case t.low == "master" && t.text == t.low, t.low == "miss" && t.text == t.low, t.low == "ms" && t.text != "Ms", t.low == "madam" && t.text == t.low:
		return Finding{}, false // master, to miss, MS and ms: milliseconds, multiple sclerosis, a spectrometer
	}
	j := i + 1
	if s.at(j).text == "." && !s.at(j).apart {
		j++
	}
	last := s.nameFrom(j, t)
	if last < 0 || t.low == "miss" && s.startsSentence(i) && verbal.has(s.at(j).low) {
		return Finding{}, false
	}
	if s.staff(i, last) {
		return Finding{}, false
	}
	return s.found(kindName, i, last), true
}

const verbal set = " the a an any one it rate ratio out this that "

// joins are the small words in the middle of a name.
const joins set = " de la le van der den von du da dos di del al el bin ibn ter ten of st "

// notNames are words that a capital does not make a name.
const notNames set = " safe conditional unsafe scan scans scanner scanning imaging image images " +
	"compatible angiography elastography spectroscopy guided linac the and or was is has had but if in on at for " +
	"from to with without of it he she they i we who nhs nice mhra hcpc dob ksb ecg mri ct bp hr sop id qc ward " +
	"clinic patient patients number january february march april may june july august september october november " +
	"december monday tuesday wednesday thursday friday saturday sunday examination records record notes " +
	"identifiers identification safety confidentiality x y z information leaflet experience feedback group " +
	"dignity details data pathway transport care centred referral history ids demographics name names "

// nameFrom gives the last token of a name that begins at j, behind a title, or -1: capitalised words, initials with or
// without their stops, a hyphen, and small words in the middle.
func (s *scanner) nameFrom(j int, title token) int {
	first := j
	for n := 0; n < 2 && title.low != "" && joins.has(s.at(j).low) && s.at(j+1).letters && !s.at(j).line; n++ { // Mr van der Berg
		j++
	}
	if s.at(first).line || !s.named(j, title) {
		return -1
	}
	last, words := j, 1
	for words < 5 {
		k := last + 1
		if len(s.at(last).text) <= 2 && s.at(last).capitals() && s.at(k).text == "." && !s.at(k).apart { // J. Smith
			k++
		}
		for n := 0; n < 3 && joins.has(s.at(k).low) && s.at(k).text == s.at(k).low && s.named(k+1, token{}); n++ {
			k++
		}
		for n := 0; n < 2 && joins.has(s.at(k).low) && joins.has(s.at(k+1).low) && s.named(k+2, token{}); n++ {
			k++
		}
		if s.hyphen(k) {
			k++
		}
		next := s.at(k)
		if next.line || !s.named(k, token{}) || s.ends(k-1) && k-1 > last && len(s.at(last).text) > 2 {
			break
		}
		if strings.HasSuffix(strings.ToLower(s.at(last).text), "'s") || strings.HasSuffix(s.at(last).text, "’s") {
			break
		}
		last, words = k, words+1
	}
	if last == j && len(s.at(j).text) == 1 && !s.at(j).capitals() {
		return -1
	}
	return last
}

// named says whether a token can be part of a name. Behind mr and mrs in small letters so can a small word.
func (s *scanner) named(j int, title token) bool {
	t := s.at(j)
	if !t.letters || notNames.has(t.low) || titles.has(t.low) {
		return false
	}
	small := title.low != "" && title.text == title.low && len(t.text) > 2 && !smallWords.has(t.low)
	if title.text == "MR" || title.text == "MRS" {
		return t.capitals() && len(t.text) > 2 || t.capital() && title.text == "MRS"
	}
	return t.capital() || small
}

const smallWords set = " and are but can did does for from had has her him his how its not now off our " +
	"out she that the then they this too was were who why will with you your which what when where said came " +
	"also may might must "

// startsSentence says whether a token is the first of its sentence.
func (s *scanner) startsSentence(i int) bool { return i == 0 || s.at(i).line || s.ends(i-1) }

// staff says whether the words beside a name, from one token to another, are those of a member of staff.
func (s *scanner) staff(from, last int) bool {
	left := s.left(from, 5)
	if len(left) > 0 && namesPatient.has(left[0]) {
		return false
	}
	for n, w := range left {
		if n < 3 && ofStaff.has(w) && !(n > 0 && relatives.has(w)) || n < 4 && w == "my" && !ofRelation(left[:n]) {
			return true
		}
		if w == "by" && n == 0 && byStaff.any(left[1:]) {
			return true
		}
		if w == "for" || w == "saw" || w == "to" || w == "from" {
			break
		}
	}
	// "Mr Khan, our lead", "Mr Khan (ENT consultant)", "Mr Khan's list", "Mr Khan showed me".
	next := s.at(last + 1)
	after := s.right(last, 5)
	owner := strings.HasSuffix(s.at(last).text, "'s") || strings.HasSuffix(s.at(last).text, "’s")
	switch {
	case len(after) == 0:
		return false
	case next.text == "(" || next.text == ",":
		for n, w := range after[:min(len(after), 5)] {
			if ofStaff.has(w) {
				return true
			}
			if n == 0 && (w == "who" || w == "and" || count(w) > 0) {
				return false
			}
			if w == "came" || w == "attended" || w == "is" || w == "was" || w == "had" {
				return false
			}
		}
		return false
	case owner:
		return len(after) > 0 && ofStaff.has(after[0]) || len(after) > 1 && ofStaff.has(after[1])
	case after[0] == "who" && len(after) > 1:
		return didStaff.has(after[1])
	}
	return didStaff.has(after[0]) || len(after) > 1 && (after[0] == "has" || after[0] == "then" || after[0] == "kindly" || after[0] == "also") && didStaff.has(after[1]) ||
		len(after) > 2 && (after[0] == "asked" || after[0] == "told" || after[0] == "explained") && (after[1] == "me" || after[2] == "me") && staffMatters.any(after)
}

const staffMatters set = " audit sop shadow lead plan present logbook competency competencies teach " +
	"theatre prepare write check rewrite review "

// ofRelation says whether there is a relative among words: "my patient's wife Mrs Hill" is no colleague.
func ofRelation(words []string) bool { return relatives.any(words) || namesPatient.any(words) }

// called finds a name behind a word for a patient: "patient John Smith", "Name: Smith", "his wife Mary", "Baby Jones".
func (s *scanner) called(i int) (Finding, bool) {
	t := s.at(i)
	if !t.letters || !(namesPatient.has(t.low) || relatives.has(t.low) || t.low == "name") {
		return Finding{}, false
	}
	j := i + 1
	if s.at(j).text == "," || s.at(j).text == ":" || s.at(j).text == "=" || s.at(j).text == "-" {
		j++
	}
	sign := j > i+1 && s.at(i+1).text != ","
	colon := j > i+1 && (s.at(i+1).text == ":" || s.at(i+1).text == "=")
	if len(s.at(j).low) > 1 && (s.at(j).low == "called" || s.at(j).low == "named") && namesPatient.has(t.low) {
		j++
	}
	last := s.nameFrom(j, token{text: "x"})
	if last < 0 || len(s.at(j).text) < 2 || abbreviation(s.at(j)) && last == j && !sign {
		return Finding{}, false
	}
	two := last > j
	switch {
	case t.low == "name" || t.low == "surname" || t.low == "forename":
		if !colon && t.low == "name" || staffLabel.any(s.left(i, 2)) {
			return Finding{}, false
		}
	case t.low == "called" || t.low == "named":
		if left := s.left(i, 6); !ofPerson.any(left) && !relatives.any(left) && !namesPatient.any(left) {
			return Finding{}, false
		}
	case t.low == "patient" || t.low == "pt" || t.low == "client":
		if !two && s.at(j).capitals() && !sign || s.startsSentence(i) && t.capital() && !two && !sign && t.low == "patient" ||
			s.at(i+1).text == "," && !two || !two && titleCase(s.at(j).low) {
			return Finding{}, false
		}
	case t.low == "baby":
		if s.startsSentence(j) {
			return Finding{}, false
		}
	case relatives.has(t.low):
		if j > i+1 && s.at(i+1).text != "," || s.at(i+1).text == "," && !two || t.low == "sister" && t.capital() {
			return Finding{}, false
		}
		if t.low == "sister" || t.low == "partner" || t.low == "carer" || t.low == "brother" {
			if left := s.left(i, 1); len(left) == 0 || !possessive.has(left[0]) {
				return Finding{}, false
			}
		}
	default:
		return Finding{}, false
	}
	if s.at(j).capitals() && last == j && len(s.at(j).text) <= 4 && !sign {
		return Finding{}, false // PPE, IPC and so on
	}
	if s.at(last).low != "" && s.staffAfter(last) {
		return Finding{}, false
	}
	return s.found(kindName, j, last), true
}

const (
	possessive set = " his her their patient's patients patient pt the "
	staffLabel set = " file user assessor mentor supervisor witness staff manager tutor device product " +
		"brand trade drug generic your my test course module trust ward department column field sheet firm " +
		"company supplier manufacturer learner apprentice assessor's mentor's common model project print printed "
)

// titleCase says whether a word often follows "Patient" in the title of a form, a group or a paper.
func titleCase(low string) bool {
	const often set = " safety benefit experience information advice liaison identification " +
		"administration administrative group transport management monitoring system services reported record " +
		"records journey positioning dose education association voice choice access engagement involvement " +
		"participation portal initiated knows zero one care line "
	return often.has(low) || strings.HasSuffix(low, "ing")
}

// staffAfter says whether what follows a name says that it is one of the staff.
func (s *scanner) staffAfter(last int) bool {
	after := s.right(last, 4)
	next := s.at(last + 1)
	return (next.text == "," || next.text == "(") && ofStaff.any(after) || len(after) > 0 && didStaff.has(after[0])
}

// abbreviation says whether a word is one in capitals.
func abbreviation(t token) bool { return t.capitals() && len(t.text) <= 5 }

// initials finds "JS, 54", "J.S. (72)", "54-year-old JS" and "pt JS".
func (s *scanner) initials(i int) (Finding, bool) {
	last := s.initialsFrom(i)
	if last < 0 {
		return Finding{}, false
	}
	stops := last > i
	next := s.at(last + 1)
	left := s.left(i, 3)
	of := len(left) > 0 && (left[0] == "patient" || left[0] == "pt" || left[0] == "initials" || left[0] == "client" || left[0] == "baby")
	j := last + 1
	sign := ""
	if next.text == "," || next.text == "(" || next.text == "-" || next.text == "–" || next.text == "/" || next.text == ":" {
		sign = next.text
		j++
	}
	marked := false
	if low := s.at(j).low; low == "aged" || low == "age" {
		marked = true
		j++
	}
	years := s.at(j)
	age, rest := splitAge(years.low)
	end := s.at(j + 1)
	if years.line || age < 0 {
		if of && (stops || len(s.at(i).text) == 2) || s.ageBefore(i) {
			return s.found(kindInitials, i, last), true
		}
		return Finding{}, false
	}
	switch {
	case rest != "":
		marked = marked || ageEnds.has(rest)
		if !ageEnds.has(rest) {
			return Finding{}, false
		}
	case ageEnds.has(end.low) && !end.line, (end.text == "-" || end.text == "/") && ageEnds.has(s.at(j+2).low), end.low == "y":
		marked = true
	}
	closed := end.line || end.text == "," || end.text == ";" || end.text == ")" || end.text == ":" || end.text == "." && !s.goesOn(j) ||
		end.text == ""
	end1 := j
	if sign == "(" && end.text == ")" && !end.apart {
		end1 = j + 1
	}
	switch {
	case s.measured(j):
		return Finding{}, false
	case marked, of, stops && closed:
		return s.found(kindInitials, i, end1), true
	case (sign == "," || sign == "(") && closed && age > 0 && len(s.at(i).text) <= 3 && s.at(j).end-s.at(j).start <= 3 &&
		!s.inList(i, j):
		return s.found(kindInitials, i, end1), true
	}
	return Finding{}, false
}

// inList says whether what looks like an age is one of several numbers or references: "MI, 12, 14".
func (s *scanner) inList(i, j int) bool {
	end := s.at(j + 1)
	return end.text == "," && s.at(j+2).digits || len(s.left(i, 1)) > 0 && notBefore.has(s.left(i, 1)[0])
}

const notBefore set = " section table figure fig page pages chapter duty duties ksb ksbs unit room bay " +
	"bed ward no level grade model type vol volume issue part clause annex appendix rev step module form "

const ageEnds set = " y yo yr yrs year years yob m f male female man woman boy girl months month mo " +
	"weeks week days lady gentleman yrs. old yoa yof yom "

// splitAge takes an age apart: 54, 54f, 54yo, 54yom. It is -1 where there is none.
func splitAge(t string) (age int, rest string) {
	n := 0
	for n < len(t) && t[n] >= '0' && t[n] <= '9' {
		age, n = age*10+int(t[n]-'0'), n+1
	}
	if n == 0 || n > 3 || age > 110 || n > 1 && t[0] == '0' {
		return -1, ""
	}
	return age, t[n:]
}

// ageBefore says whether an age ends right before initials: "54-year-old JS", "72yo F, JS".
func (s *scanner) ageBefore(i int) bool {
	left := s.left(i, 4)
	if len(left) < 2 {
		return false
	}
	old := left[0] == "old" && (left[1] == "year" || left[1] == "years" || left[1] == "yr" || left[1] == "month" || left[1] == "week")
	age, rest := splitAge(left[0])
	return old || age > 0 && rest != "" && ageEnds.has(rest) || left[0] == "yo" || left[0] == "patient" && left[1] == "old"
}

// initialsFrom gives the last token of initials at i, or -1: JS, J.S., J S with a stop after each, and JRS.
func (s *scanner) initialsFrom(i int) int {
	t := s.at(i)
	if !t.letters || !t.capitals() || s.joinedDigits(i) || !s.at(i).apart && s.at(i-1).among("./-&_+") {
		return -1
	}
	switch n := len(t.text); {
	case n == 1:
		last, count := i, 1
		for count < 4 && s.at(last+1).text == "." && !s.at(last+1).apart && len(s.at(last+2).text) == 1 && s.at(last+2).capitals() &&
			s.at(last+2).letters && !s.at(last+2).line {
			last, count = last+2, count+1
		}
		if count < 2 {
			return -1
		}
		if s.at(last+1).text == "." && !s.at(last+1).apart {
			last++
		}
		if s.at(last+1).capital() && !s.at(last+1).line && !s.ends(last) {
			return -1 // J. S. Bach
		}
		return last
	case n <= 3 && !shorts.has(t.low):
		return i
	}
	return -1
}

// shorts are two and three capitals that mean something in a hospital or in everyday life and are no initials.
const shorts set = " ac ad ae af ai am ao ap ar as at av bm bp bs bsi ca cd ce cf ci cm co cpd cqc cs " +
	"csf ct cv cw cxr da db dc dna do dr ds dvt ea ecg ed eeg ef eg emg en ent ep epa eqa er et eu ev fda ff fft " +
	"fit fm ft gb gi gp ha hb hcp hcs he hf hl hr hse ht hv iac ic icc icu id ie iec if ii iii im in io ip ipc " +
	"iqc ir is iso it itu iv ix kpi ksb la lab lad lbbb led lis lot lp lv lvh ma mdt me med mg mhz mi mm mr mrs " +
	"mri ms mv na nb nhs ni nice nip no np ns ob oh ok on op or os ot ox pa pc pcr pd pe pet pfo ph pid pm po " +
	"poc pp ppe ppm pps pr ps psa pt pts pv qa qc qi qms qrs qt ra rbbb rca rf rh rna ro rr rv sd se sf si sn so " +
	"sop sp st sts sv svt tb tee th ti tia to toe tsh tte tv uk ukas un up us usb uv va vat vd ve vf vt vte wbc " +
	"we wf wi xr xx xxx yes zn i v vi vii ng ta qs br hba aed ana anti abr oae rem bte ite ric pta vemp vng " +
	"dpoae tens lmp lft fbc crp inr esr apt hiv hcv hbv mrsa opd aau cdu ccu nicu picu aid ukca mda fsn fsca udi " +
	"dh lea osc rag swot gdpr dpa hta hfe edta edd eta etd fev fvc tlco bsa tlc rvs pef pff nox bal rct sem sds " +
	"cal cat cpr dat dpi ecu fio fob gcs hep hdu hdl ldl icd ict iud ldh lvo max min mcq osce nmc hcpc gmc ipl " +
	"ldr mic mph msc bsc phd mba nvq rpl ojt otj "
