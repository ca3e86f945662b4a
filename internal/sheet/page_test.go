package sheet_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// A tab is the page in a real browser. It records what the browser reports and requests.
type tab struct {
	*testing.T
	ctx     context.Context
	dir     string // holds the page and the downloads
	mu      sync.Mutex
	said    []string // console messages, breaches of the policy, requests
	dialogs []string
}

var theBrowser struct {
	sync.Mutex
	ctx context.Context
	end func()
}

func TestMain(m *testing.M) {
	testneed.Hurry()
	m.Run()
	if theBrowser.end != nil {
		theBrowser.end()
	}
}

// started is the browser, which all tests share; each has tabs of its own.
func started(t *testing.T) context.Context {
	t.Helper()
	path := testneed.Program(t, "chromium", "chromium", "chromium-browser", "google-chrome")
	theBrowser.Lock()
	defer theBrowser.Unlock()
	if theBrowser.ctx == nil {
		options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1280, 900),
			chromedp.Env("LC_ALL=C.UTF-8")) // else it may not save files with other letters in their names
		all, end := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, endToo := chromedp.NewContext(all)
		if err := chromedp.Run(ctx); err != nil {
			t.Fatal(err)
		}
		theBrowser.ctx, theBrowser.end = ctx, func() { endToo(); end() }
	}
	return theBrowser.ctx
}

// opened opens the page from a file, in a tab of its own.
func opened(t *testing.T, data []byte) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(started(t))
	ctx, endToo := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(func() { endToo(); end() })
	x := &tab{T: t, ctx: ctx, dir: t.TempDir()}
	name := filepath.Join(x.dir, "sheet.html")
	must(t, os.WriteFile(name, data, 0o600))
	chromedp.ListenTarget(ctx, func(ev any) {
		x.mu.Lock()
		defer x.mu.Unlock()
		switch e := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			x.said = append(x.said, fmt.Sprintf("console: %s", e.Args[0].Value))
		case *runtime.EventExceptionThrown:
			x.said = append(x.said, "exception: "+e.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			x.said = append(x.said, "log: "+e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if e.Request.URL != "file://"+name {
				x.said = append(x.said, "request: "+e.Request.URL)
			}
		case *page.EventJavascriptDialogOpening:
			x.dialogs = append(x.dialogs, string(e.Type))
			go func() { _ = chromedp.Run(ctx, page.HandleJavaScriptDialog(true)) }()
		}
	})
	x.do(network.Enable(), log.Enable(), runtime.Enable(), page.Enable(),
		chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument("document.addEventListener('securitypolicyviolation', e => console.log('policy: ' + e.violatedDirective))").Do(ctx)
			return err
		}),
		chromedp.Navigate("file://"+name))
	return x
}

func (x *tab) do(actions ...chromedp.Action) {
	x.Helper()
	must(x.T, chromedp.Run(x.ctx, actions...))
}

// get runs a script and gives its result.
func (x *tab) get(script string) (out string) {
	x.Helper()
	x.do(chromedp.Evaluate("String("+script+")", &out))
	return out
}

// set puts a text into a field, as pasting does.
func (x *tab) set(id, value string) {
	x.Helper()
	q, _ := json.Marshal(value)
	x.get(fmt.Sprintf("(() => { const f = document.getElementById(%q); f.value = %s; f.dispatchEvent(new Event('input', {bubbles: true})); })()", id, q))
}

// focus moves to a KSB, as Tab does.
func (x *tab) focus(ksb string) {
	x.Helper()
	x.get(fmt.Sprintf("document.querySelector('#%s input').focus()", ksb))
}

// saved presses the button and gives the file that is saved, with its name.
func (x *tab) saved() (name string, data []byte) {
	x.Helper()
	for _, old := range x.files() {
		must(x.T, os.Remove(old))
	}
	downloads.Lock()
	defer downloads.Unlock()
	x.do(browser.SetDownloadBehavior(browser.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(x.dir))
	// By key, since a click misses if the page moves at that moment.
	x.do(chromedp.Focus("#save", chromedp.ByID), chromedp.KeyEvent(kb.Enter))
	for range 4000 { // writing a file may take long on a machine that also builds the other tests
		if files := x.files(); len(files) == 1 {
			data, err := os.ReadFile(files[0])
			must(x.T, err)
			if len(data) > 0 { // the browser creates an empty file first, and then moves the download there
				return filepath.Base(files[0]), data
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	there, _ := filepath.Glob(filepath.Join(x.dir, "*"))
	x.Fatalf("nothing was saved; the page says %q, and there is %q", x.get("document.getElementById('said').textContent"), there)
	return "", nil
}

// downloads is locked while a tab saves: the browser has one folder for downloads at a time.
var downloads sync.Mutex

func (x *tab) files() []string {
	files, _ := filepath.Glob(filepath.Join(x.dir, "*.toml"))
	return files
}

// quiet fails if the browser reported or requested anything.
func (x *tab) quiet() {
	x.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, s := range x.said {
		// The file that is saved, and the browser's own icon for a date, do not leave the page.
		if !strings.HasPrefix(s, "request: blob:") && !strings.HasPrefix(s, "request: data:image/svg+xml") {
			x.Error(s)
		}
	}
}

// byBrowser fills in the page by keys and saves it. What the page makes impossible is changed in the saved text
// instead.
func byBrowser(t *testing.T, made []byte, in filling) []byte {
	t.Helper()
	key := fmt.Sprint(len(made), in)
	if had, ok := filledBefore.Load(key); ok { // several tests fill in the same
		return had.([]byte)
	}
	data := inBrowser(t, made, in)
	filledBefore.Store(key, data)
	return data
}

var filledBefore sync.Map

func inBrowser(t *testing.T, made []byte, in filling) []byte {
	t.Helper()
	x := opened(t, made)
	x.set("by", in.by)
	x.set("on", in.day)
	changes := []string{}
	for _, r := range in.rows {
		ksb, key := r.ksb, strings.Replace(r.level, "none", "n", 1)
		if x.get("document.getElementById('"+ksb+"') !== null") == "false" {
			ksb = "K7"
			changes = append(changes, "\nK7 =", "\n"+r.ksb+" =")
		}
		switch {
		case len(key) > 1:
			key = "2"
			changes = append(changes, "level = 2", fmt.Sprintf("level = %q", r.level))
		case key > "4" && key != "n":
			key = "2"
			changes = append(changes, "level = 2", "level = "+r.level)
		}
		x.focus(ksb)
		x.do(chromedp.KeyEvent(key))
		x.set(ksb+"-note", r.note)
	}
	_, data := x.saved()
	x.quiet()
	return []byte(strings.NewReplacer(changes...).Replace(string(data)))
}

// Seventy-two statements are rated by keys alone, saved, taken in, and loaded again to carry on.
func TestThePageIsFilledByKeys(t *testing.T) {
	t.Parallel()
	f := sheet.FormatFor("", "sheet.htm")
	x := opened(t, made(t, f, asha()))
	x.do(chromedp.Focus("#by", chromedp.ByID), chromedp.KeyEvent("J. Ode"))
	x.set("on", "2026-11-21")
	x.do(chromedp.KeyEvent(kb.Tab))
	x.focus(std.Walk()[0])
	for i, ksb := range std.Walk() {
		if at := x.get("document.activeElement.name"); at != ksb {
			t.Fatalf("the focus is in %q, and %s is next", at, ksb)
		}
		x.do(chromedp.KeyEvent(string("01234n"[i%6])))
	}
	if said := x.get("document.getElementById('count').textContent"); said != "72 of 72 rated" {
		t.Error(said)
	}
	x.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(`at the "bench"`))
	name, data := x.saved()
	if name != "ksbcoach-sheet-Asha-Patel-by-J-Ode.toml" {
		t.Error(name)
	}
	if said := x.get("document.getElementById('said').textContent"); !strings.HasSuffix(said, "Send that file back to Asha Patel.") {
		t.Error(said)
	}
	if got := taken(t, asha(), f, data); !strings.Contains(got, "72 ratings by J. Ode taken") {
		t.Error(got)
	}
	x.quiet()

	again := opened(t, made(t, f, asha()))
	path := filepath.Join(t.TempDir(), "saved.toml")
	must(t, os.WriteFile(path, data, 0o600))
	again.do(chromedp.SetUploadFiles("#load", []string{path}, chromedp.ByID), chromedp.Poll("document.getElementById('said').textContent !== ''", nil))
	if said := again.get("document.getElementById('said').textContent"); said != "saved.toml is loaded: go on where you left off." {
		t.Error(said)
	}
	if _, twice := again.saved(); string(twice) != string(data) {
		t.Errorf("a sheet that is loaded and saved again is another:\n%s", twice[len(twice)-400:])
	}
	again.set("on", "2026-11-22")
	again.focus("K7")
	again.do(chromedp.KeyEvent("4"))
	if _, changed := again.saved(); !regexp.MustCompile(`(?m)^K7 = \{ level = 4, on = 2026-11-22, by = "J. Ode" \}$`).Match(changed) ||
		strings.Count(string(changed), "on = 2026-11-21,") != 71 {
		t.Errorf("what was loaded does not keep its day:\n%s", changed[len(changed)-400:])
	}
	again.quiet()
}

// A key that is held down rates one KSB only, and a key in a comment is just a letter.
func TestAHeldKeyRatesOne(t *testing.T) {
	t.Parallel()
	x := opened(t, made(t, sheet.FormatFor("html", ""), asha()))
	x.focus("K1")
	down := input.DispatchKeyEvent(input.KeyDown).WithKey("3").WithText("3")
	x.do(down, down, down.WithAutoRepeat(true), down.WithAutoRepeat(true))
	if said := x.get("document.getElementById('count').textContent"); said != "1 of 72 rated" {
		t.Error(said)
	}
	x.do(input.DispatchKeyEvent(input.KeyUp).WithKey("3"), chromedp.Focus("#K2-note", chromedp.ByID), chromedp.KeyEvent("n 42 patients"))
	if said := x.get("document.getElementById('count').textContent"); said != "1 of 72 rated" {
		t.Error(said)
	}
	x.do(chromedp.Click("#K1 button"))
	if said := x.get("document.getElementById('count').textContent"); said != "0 of 72 rated" {
		t.Error(said)
	}
	x.saved()
	said := x.get("document.getElementById('said').textContent")
	for _, want := range []string{"Your name is missing", "A comment has no level: K2."} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %q", want, said)
		}
	}
	x.quiet()
}

// The browser asks before it closes a page that is not saved, and does not ask once it is.
func TestAnUnsavedPageAsksBeforeItCloses(t *testing.T) {
	t.Parallel()
	x := opened(t, made(t, sheet.FormatFor("html", ""), asha()))
	x.focus("K1")
	x.do(chromedp.KeyEvent("2"))
	x.saved()
	x.do(chromedp.Reload())
	x.focus("K1")
	x.do(chromedp.KeyEvent("2"), chromedp.Reload())
	x.mu.Lock()
	defer x.mu.Unlock()
	if !slices.Equal(x.dialogs, []string{"beforeunload"}) {
		t.Errorf("dialogs: %q", x.dialogs)
	}
}

// A file that is not a saved copy of this sheet changes nothing, and the page says why.
func TestThePageRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	data := made(t, sheet.FormatFor("html", ""), asha())
	text := made(t, sheet.Formats[0], asha())
	for want, file := range map[string][]byte{
		"It is not a saved copy of this sheet.": made(t, sheet.Formats[0], asha(), "K7"), "cannot be read.": append(slices.Clone(text), "K7 = { level = 9 }\n"...),
		"It is too large": make([]byte, 2<<20),
	} {
		x := opened(t, data)
		path := filepath.Join(t.TempDir(), "other.toml")
		must(t, os.WriteFile(path, file, 0o600))
		x.do(chromedp.SetUploadFiles("#load", []string{path}, chromedp.ByID), chromedp.Poll("document.getElementById('said').textContent !== ''", nil))
		if said := x.get("document.getElementById('said').textContent"); !strings.Contains(said, "nothing was changed. ") || !strings.Contains(said, want) {
			t.Errorf("%q: %s", want, said)
		}
		x.quiet()
	}
}

// The policy lets nothing in or out, and the browser enforces it.
func TestThePageKeepsItsPolicy(t *testing.T) {
	t.Parallel()
	data := string(made(t, sheet.FormatFor("html", ""), asha()))
	m := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(data)
	if m == nil || !regexp.MustCompile(`^default-src &#39;none&#39;; script-src &#39;sha256-[^ ;]{44}&#39;; style-src &#39;sha256-[^ ;]{44}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;$`).MatchString(m[1]) {
		t.Errorf("%q", m)
	}
	x := opened(t, []byte(strings.Replace(data, "<main>", `<main><img src="http://x.test/a.png" alt=""><script>document.title = 'broken'</script>`, 1)))
	if title := x.get("document.title"); title == "broken" {
		t.Error("a foreign script runs")
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if all := strings.Join(x.said, "\n"); !strings.Contains(all, "policy: img-src") || !strings.Contains(all, "policy: script-src") {
		t.Errorf("a breach is not noticed:\n%s", all)
	}
}

// On a phone, on a desktop and in dark mode, axe-core finds no fault and nothing is wider than the screen.
func TestThePageIsAccessible(t *testing.T) {
	t.Parallel()
	path := os.Getenv("KSBCOACH_AXE")
	if path == "" {
		testneed.Missing(t, "axe-core: KSBCOACH_AXE is its axe.min.js")
	}
	axe, err := os.ReadFile(path)
	must(t, err)
	for _, c := range []struct {
		width, height int64
		scheme        string
		change        []string // puts a fault into the page
	}{{390, 844, "light", nil}, {1280, 900, "light", nil}, {1280, 900, "dark", nil}, {1280, 900, "light", []string{`<label class="name" for="by">`, "<label>"}}} {
		x := opened(t, []byte(strings.NewReplacer(c.change...).Replace(string(made(t, sheet.FormatFor("html", ""), asha())))))
		x.do(emulation.SetDeviceMetricsOverride(c.width, c.height, 1, false),
			emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: c.scheme}}))
		x.focus("K1")
		x.do(chromedp.KeyEvent("2"))
		var found string
		x.do(chromedp.Evaluate(string(axe)+";0", nil), chromedp.Evaluate(`axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
			.then(r => r.violations.map(v => v.id + ': ' + v.help + ', such as ' + v.nodes[0].html).join('\n'))`, &found,
			func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
		if (found != "") != (c.change != nil) {
			t.Errorf("%+v:\n%q", c, found)
		}
		if over := x.get("document.documentElement.scrollWidth - window.innerWidth"); strings.Trim(over, "0") != "" && !strings.HasPrefix(over, "-") {
			t.Errorf("%+v: %s pixels too wide", c, over)
		}
	}
}

var update = flag.Bool("update", false, "draw the picture of the README")

// The README shows the page while it is filled in. The picture differs from machine to machine, so it is only drawn
// with -update, and checked by eye.
func TestTheREADMEShowsThePage(t *testing.T) {
	t.Parallel()
	const name = "../../docs/sheet.png"
	if *update {
		x := opened(t, made(t, sheet.FormatFor("html", ""), asha()))
		x.set("by", "J. Ode")
		x.set("on", "2026-11-21")
		x.focus("K1")
		x.do(emulation.SetDeviceMetricsOverride(1000, 940, 1, false), chromedp.KeyEvent("3"), chromedp.KeyEvent("2"), chromedp.KeyEvent("2"))
		x.set("K1-note", "Asked in the lab meeting which code of conduct the new form follows, and put it right.")
		x.get("document.getElementById('K1').scrollIntoView()")
		var picture []byte
		x.do(chromedp.CaptureScreenshot(&picture))
		must(t, os.WriteFile(name, picture, 0o644))
	}
	readme, err := os.ReadFile("../../README.md")
	must(t, err)
	if !strings.Contains(string(readme), "docs/sheet.png") {
		t.Error("the README does not show the page")
	}
	if _, err := os.Stat(name); err != nil {
		t.Error(err)
	}
}
