"use strict";
(() => {
  const films = JSON.parse(document.getElementById("films").textContent);
  const byId = (id) => document.getElementById(id);
  const video = byId("video");
  let film = null;
  let looping = null; // the chapter that is looped, by its number from 0
  let shownChapter = -1;
  let shownCue = null;
  let cueButtons = [];

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  // A title in the language of a snippet; a film's name is the same word in all of them.
  const written = {
    html: (title) => title.replace(/[&<>"'{}]/g, (sign) => `&#${sign.charCodeAt(0)};`),
    latex: (title) => title.replace(/[\\{}#$%&_~^]/g, (sign) => {
      const named = { "\\": "textbackslash", "~": "textasciitilde", "^": "textasciicircum" }[sign];
      return named ? `\\${named}{}` : `\\${sign}`;
    }),
  };
  const fill = (text, language) => text.replace(/FILM|TITLE/g, (word) => {
    if (word === "FILM") return film.name;
    return language in written ? written[language](film.title) : film.title;
  });

  // ---- One film in the player ------------------------------------------------------------------------------------

  function load(next) {
    film = next;
    stopLoop();
    video.pause();
    video.replaceChildren();
    byId("next-film").hidden = true;
    for (const [kind, source] of [["captions", film.captions], ["chapters", film.chapterTrack]]) {
      if (source) {
        const track = make("track", { kind, src: source, srclang: "en", label: "English" });
        track.default = kind === "captions";
        video.append(track);
      }
    }
    video.poster = `${film.name}.jpg`;
    video.src = `${film.name}.mp4`;
    video.playbackRate = Number(byId("speed").value);
    showCaptions();
    byId("film-title").textContent = film.title;
    byId("film-sentence").textContent = film.sentence;
    byId("runs").textContent = `This film's runs: ${film.runs.join("; ")}.`;
    byId("chapters").replaceChildren(...film.chapters.map(chapterItem));
    showTranscript();
    showFiles();
    for (const part of document.querySelectorAll("[data-fill]")) part.textContent = fill(part.dataset.fill, part.dataset.language);
    for (const card of document.querySelectorAll(".card")) {
      if (card.hash === `#${film.name}`) card.setAttribute("aria-current", "true");
      else card.removeAttribute("aria-current");
    }
    shownChapter = -1;
    shownCue = null;
    byId("caption").textContent = "";
    follow();
  }

  function chapterItem(chapter, number) {
    const at = make("span", { className: "at", textContent: chapter.clock });
    const button = make("button", { type: "button" }, at, make("span", { textContent: chapter.headline }));
    button.addEventListener("click", () => toChapter(number));
    return make("li", {}, button);
  }

  function showTranscript() {
    cueButtons = [];
    const paragraphs = film.chapters.filter((chapter) => chapter.cues.length).map((chapter) => {
      const paragraph = make("p");
      for (const cue of chapter.cues) {
        const button = make("button", { type: "button", textContent: cue.text.replace("\n", " "), tabIndex: -1 });
        button.addEventListener("click", () => seek(cue.start));
        cueButtons.push({ button, cue });
        paragraph.append(button, " ");
      }
      return paragraph;
    });
    if (cueButtons.length) cueButtons[0].button.tabIndex = 0;
    byId("transcript").replaceChildren(...paragraphs);
    if (!paragraphs.length) byId("transcript").append(make("p", { textContent: "This film has no narration." }));
  }

  // Below the picture, where they hide none of it; over it where the film fills the screen.
  function showCaptions() {
    const wanted = byId("captions").getAttribute("aria-pressed") === "true";
    const filled = document.fullscreenElement === video;
    for (const track of video.textTracks) {
      if (track.kind === "captions") track.mode = wanted && filled ? "showing" : "hidden";
    }
    byId("caption").hidden = !wanted;
  }

  function toggleCaptions() {
    const button = byId("captions");
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    showCaptions();
  }

  function showFiles() {
    const chapters = film.chapters.map(({ range }, number) => ({ path: range, label: `Chapter ${number + 1} alone` }));
    const items = [...film.files, ...chapters].map(({ path, label }) => make("li", {}, make("a", { href: path, textContent: label })));
    byId("files").replaceChildren(...items);
  }

  // ---- Time ------------------------------------------------------------------------------------------------------

  const chapterAt = (second) => Math.max(0, film.chapters.findLastIndex((chapter) => chapter.start <= second + 0.02));

  function seek(second) {
    if (looping !== null && chapterAt(second) !== looping) stopLoop();
    video.currentTime = second;
    follow(second);
  }

  function toChapter(number) {
    // A hair behind its first frame's start, so that it is this frame that is shown.
    seek(film.chapters[Math.min(Math.max(number, 0), film.chapters.length - 1)].start + 0.001);
  }

  function step(direction) {
    const now = chapterAt(video.currentTime);
    const wellInto = video.currentTime > film.chapters[now].start + 2;
    toChapter(direction < 0 && wellInto ? now : now + direction);
  }

  // ---- Out of the film: to the lab, to the next film, to a link ----------------------------------------------------

  const clockOf = (second) => `${Math.floor(second / 60)}:${String(Math.floor(second % 60)).padStart(2, "0")}`;

  // Where the lab takes over: the run and the iteration that the picture shows; before the first run moves, nowhere.
  function labAddress(second) {
    const place = film.takeovers.findLast(({ start }) => start <= second + 0.001);
    if (!place) return null;
    const frame = Math.floor((second - place.start) * film.frameRate + 0.001); // the one in sight
    const iteration = place.iterations[Math.min(Math.max(frame, 0), place.iterations.length - 1)];
    return `lab.html#${place.link}&iteration=${iteration}&second=${second.toFixed(2)}`;
  }

  function showWaysOut(second) {
    const address = labAddress(second);
    byId("take-over").hidden = address === null;
    if (address !== null) byId("take-over").href = address;
    const text = `Copy link at ${clockOf(second)}`;
    if (byId("copy-link").textContent !== text) byId("copy-link").textContent = text;
  }

  function offerNext() {
    const next = films[films.indexOf(film) + 1];
    byId("next-film").hidden = !next;
    if (next) Object.assign(byId("next-film").firstElementChild, { href: `#${next.name}`, textContent: `Next: ${next.title}` });
  }

  function follow(second = video.currentTime) {
    showWaysOut(second);
    const chapter = chapterAt(second);
    if (chapter !== shownChapter) {
      shownChapter = chapter;
      byId("chapters").querySelectorAll("button").forEach((button, number) => mark(button, number === chapter));
    }
    const entry = cueButtons.findLast(({ cue }) => cue.start <= second + 0.02 && second < cue.end) ?? null;
    if (entry !== shownCue) {
      if (shownCue) mark(shownCue.button, false);
      shownCue = entry;
      byId("caption").textContent = entry ? entry.cue.text : "";
      if (entry) {
        mark(entry.button, true);
        rove(entry.button);
        if (!byId("transcript").contains(document.activeElement)) bringIntoView(entry.button);
      }
    }
  }

  const mark = (button, current) => {
    if (current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  };

  const rove = (button) => {
    for (const other of cueButtons) other.button.tabIndex = other.button === button ? 0 : -1;
  };

  function bringIntoView(button) {
    const box = byId("transcript");
    box.scrollTop = button.offsetTop - box.clientHeight / 3;
  }

  function everyFrame() {
    if (looping !== null && video.currentTime >= film.chapters[looping].end - 0.04) {
      video.currentTime = film.chapters[looping].start + 0.001;
    }
    follow();
    if (!video.paused && !video.ended) requestAnimationFrame(everyFrame);
  }

  function stopLoop() {
    looping = null;
    byId("loop").setAttribute("aria-pressed", "false");
  }

  function toggleLoop() {
    if (looping !== null) return stopLoop();
    looping = chapterAt(video.currentTime);
    byId("loop").setAttribute("aria-pressed", "true");
    announce(`Looping: ${film.chapters[looping].headline}`);
  }

  video.addEventListener("play", () => requestAnimationFrame(everyFrame));
  video.addEventListener("seeked", () => follow());
  video.addEventListener("ended", () => {
    if (looping === null) return offerNext();
    video.currentTime = film.chapters[looping].start + 0.001;
    video.play();
  });

  // ---- Buttons and keys ------------------------------------------------------------------------------------------

  byId("previous").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  byId("loop").addEventListener("click", toggleLoop);
  byId("captions").addEventListener("click", toggleCaptions);
  byId("copy-link").addEventListener("click", async () => {
    const link = `${location.href.split("#")[0]}#${film.name}&t=${Math.floor(video.currentTime)}`;
    try {
      await navigator.clipboard.writeText(link);
      announce("Copied.");
    } catch {
      location.hash = link.split("#")[1]; // no clipboard here: the address itself can be copied
      announce("The link is in the address.");
    }
  });
  video.addEventListener("play", () => { byId("next-film").hidden = true; });
  document.addEventListener("fullscreenchange", showCaptions);
  byId("speed").addEventListener("change", (event) => { video.playbackRate = Number(event.target.value); });

  const keys = {
    " ": () => (video.paused ? video.play() : video.pause()),
    ArrowLeft: () => seek(Math.max(0, video.currentTime - 5)),
    ArrowRight: () => seek(Math.min(video.duration || 0, video.currentTime + 5)),
    "[": () => step(-1),
    "]": () => step(1),
    l: toggleLoop,
    c: toggleCaptions,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey && !"[]".includes(event.key)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const takesSpace = event.target.closest("button, a, summary, select, input");
    const takesArrows = event.target.closest("select, input, pre");
    if (!(key in keys) || (key === " " && takesSpace) || (key.startsWith("Arrow") && takesArrows)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[key]();
  }, true);

  byId("transcript").addEventListener("keydown", (event) => {
    const now = cueButtons.findIndex(({ button }) => button === event.target);
    const next = cueButtons[now + { ArrowUp: -1, ArrowDown: 1 }[event.key]];
    if (now < 0 || !next) return;
    event.preventDefault();
    rove(next.button);
    next.button.focus();
  });

  for (const button of document.querySelectorAll(".copy")) {
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        announce("Copied.");
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      } catch {
        getSelection().selectAllChildren(code); // no clipboard here: ready for the reader's own copy
        announce("Selected: copy it with your keyboard.");
      }
    });
  }

  const announce = (text) => { byId("status").textContent = text; };

  // ---- Light and dark --------------------------------------------------------------------------------------------

  const names = { "": "automatic", light: "light", dark: "dark" };
  const stored = { // a browser may forbid storage to a page opened as a file
    get theme() { try { return localStorage.getItem("reluviz-theme") ?? ""; } catch { return ""; } },
    set theme(name) { try { localStorage.setItem("reluviz-theme", name); } catch { /* then it is not kept */ } },
  };
  function wear(name) {
    if (name) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
    byId("theme").textContent = `Colours: ${names[name]}`;
  }
  byId("theme").addEventListener("click", () => {
    const order = Object.keys(names);
    const next = order[(order.indexOf(document.documentElement.dataset.theme ?? "") + 1) % order.length];
    wear(next);
    stored.theme = next;
  });
  wear(stored.theme in names ? stored.theme : "");

  // ---- Addresses: index.html#one-neuron, #one-neuron/3 for a chapter, #one-neuron&t=37 for a second ------------------

  function fromAddress() {
    const [, name, number, second] = decodeURIComponent(location.hash).match(/^#([^/&]*)(?:[/](\d+))?(?:&t=([\d.]+))?/) ?? [];
    return { wanted: films.find((other) => other.name === name), chapter: Number(number || 1) - 1, second: Number(second) };
  }
  function toAddress({ wanted, chapter, second }) {
    if (wanted !== film) load(wanted);
    if (second >= 0) seek(second);
    else if (chapter > 0) toChapter(chapter);
  }
  window.addEventListener("hashchange", () => {
    const address = fromAddress();
    if (!address.wanted) return;
    toAddress(address);
    byId("film-title").focus({ preventScroll: true });
    window.scrollTo({ top: document.querySelector(".player").offsetTop });
  });
  const address = fromAddress();
  toAddress({ ...address, wanted: address.wanted ?? films[0] });
})();
