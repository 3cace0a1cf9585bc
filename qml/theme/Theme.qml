// Every colour, size and duration of the window, by role. Nothing outside this file names one: a test reads the other files.
// Pairs that carry text have at least 4.5:1, control outlines and fills that carry meaning at least 3:1; a test computes it.
pragma Singleton
import QtQuick

QtObject {
    id: root

    /// Follows the desktop, or the choice in the settings; set by the window.
    property bool dark: false
    /// Durations become 0: the desktop asks for less motion, or a test wants a still picture.
    property bool reduceMotion: false

    // ---- surfaces, back to front
    readonly property color canvas: dark ? "#0e1014" : "#f6f7f9"
    readonly property color surface: dark ? "#16191f" : "#ffffff"
    readonly property color surfaceSunken: dark ? "#111419" : "#f0f2f5"
    readonly property color surfaceRaised: dark ? "#1e222a" : "#ffffff"
    readonly property color hover: dark ? "#1f242d" : "#eef0f4"
    readonly property color pressed: dark ? "#282e39" : "#e3e6ec"
    readonly property color selected: dark ? "#23264a" : "#e9eafc"
    readonly property color border: dark ? "#282d37" : "#e2e5ea"
    readonly property color borderStrong: dark ? "#3a414e" : "#d2d6dd" ///< around a button, whose text names it
    readonly property color borderHover: dark ? "#4a5160" : "#b9c0cb"
    readonly property color control: dark ? "#252a34" : "#ffffff" ///< the ground of a button at rest
    readonly property color controlHover: dark ? "#2a303a" : "#f3f4f7"
    readonly property color controlPressed: dark ? "#343b48" : "#e3e6ec"
    readonly property color field: dark ? "#111419" : "#ffffff"
    readonly property color segmentTrack: dark ? "#1b1f27" : "#e8eaee"
    readonly property color segment: dark ? "#343b48" : "#ffffff" ///< the chosen one of a segmented control
    readonly property color borderControl: dark ? "#6f7889" : "#868e9c"
    readonly property color scrim: dark ? "#8c000000" : "#4d141820"
    readonly property color shadow: dark ? "#80000000" : "#24141820"
    readonly property color shadowRing: dark ? "#0a000000" : "#02141820" ///< one of the rings that make up a soft shadow
    readonly property int shadowRings: 12
    readonly property color tip: dark ? "#343a46" : "#23272f"
    readonly property color tipText: "#f4f5f7"
    readonly property color tipTextMuted: "#b6bcc8"
    readonly property color transparent: "#00000000"

    // ---- text
    readonly property color text: dark ? "#e9ebf0" : "#151920"
    readonly property color textMuted: dark ? "#a9b0be" : "#525b6a"
    readonly property color textFaint: dark ? "#8f97a6" : "#606977"
    readonly property color textOnAccent: "#ffffff"

    // ---- the one accent: for what can be acted on and what is selected
    readonly property color accent: dark ? "#9da2ff" : "#4549cf"
    readonly property color accentFill: dark ? "#5b60e6" : "#4f54dc"
    readonly property color accentFillHover: dark ? "#6367e2" : "#4448c8"
    readonly property color accentFillPressed: dark ? "#5155d6" : "#3a3eb4"
    readonly property color accentSoft: dark ? "#23264a" : "#ecedfd"
    readonly property color focus: dark ? "#9da2ff" : "#4f54dc"

    // ---- state: text and lines, a soft ground for them, and a fill for bars
    readonly property color ok: dark ? "#5fcf93" : "#12753a"
    readonly property color okSoft: dark ? "#14291f" : "#e6f5ec"
    readonly property color okFill: dark ? "#3ea873" : "#1f9254"
    readonly property color warning: dark ? "#e8b95c" : "#8f5200"
    readonly property color warningSoft: dark ? "#2f2613" : "#fdf2dc"
    readonly property color warningFill: dark ? "#d29a2e" : "#c07a08"
    readonly property color danger: dark ? "#ff8f8a" : "#b3261e"
    readonly property color dangerSoft: dark ? "#371a1b" : "#fdebea"
    readonly property color dangerFill: dark ? "#cd4540" : "#c93a33"
    readonly property color dangerFillHover: dark ? "#c23f3a" : "#b5322b"
    readonly property color dangerFillPressed: dark ? "#b03733" : "#9f2a24"
    readonly property color neutralSoft: dark ? "#262b34" : "#eceef2"
    readonly property color info: dark ? "#7cbcf5" : "#1763a6"
    readonly property color infoSoft: dark ? "#15263a" : "#e8f2fb"

    // ---- charts: told apart by lightness too, so that they hold for colour-blind eyes
    readonly property list<color> series: dark
        ? ["#9da2ff", "#4cc9b0", "#e8b95c", "#f08bb4", "#74b3f0", "#b4d86a", "#e5936b", "#b59aa8"]
        : ["#4f54dc", "#0f8f7c", "#c07a08", "#c23b78", "#2274b8", "#5f8a12", "#b4532a", "#75606b"]
    readonly property color seriesMuted: dark ? "#4a5160" : "#b9c0cb"
    readonly property color track: dark ? "#2a303b" : "#e3e6ec" ///< behind what a meter fills
    readonly property color gridLine: dark ? "#232832" : "#e8eaee"

    // ---- type
    readonly property string font: "Roboto"
    readonly property string mono: "JetBrains Mono"
    readonly property int textTiny: 11
    readonly property int textSmall: 12
    readonly property int textBody: 13
    readonly property int textLead: 15
    readonly property int textHeading: 16
    readonly property int textTitle: 21
    readonly property int textDisplay: 28
    readonly property int weightRegular: Font.Normal
    readonly property int weightMedium: Font.Medium
    readonly property int weightBold: Font.Bold
    readonly property real lineHeight: 1.2

    // ---- space, in steps of four
    readonly property int unit: 4
    readonly property int spaceXxs: 2
    readonly property int spaceXs: 4
    readonly property int spaceSm: 8
    readonly property int spaceMd: 12
    readonly property int spaceLg: 16
    readonly property int spaceXl: 24
    readonly property int spaceXxl: 32

    // ---- sizes
    readonly property int line: 1
    readonly property int focusLine: 2
    readonly property int controlHeight: 32
    readonly property int controlHeightSmall: 26
    readonly property int rowHeight: 36
    readonly property int meterHeight: 6
    readonly property int iconSm: 14
    readonly property int iconMd: 16
    readonly property int iconLg: 20
    readonly property int iconXl: 36
    readonly property int sidebarWidth: 208
    readonly property int sidebarWidthCompact: 56
    readonly property int headerHeight: 52
    readonly property int panelWidth: 420
    readonly property int dialogWidth: 480
    readonly property int contentMax: 1320
    readonly property int tipWidth: 320
    readonly property int menuWidth: 200
    readonly property int fieldWidth: 240
    readonly property int toastWidth: 380
    readonly property int knob: 12
    readonly property int switchWidth: 30
    readonly property int switchHeight: 18
    readonly property int checkSize: 16
    readonly property int dotSize: 6
    readonly property int scrollBarWidth: 10
    readonly property int ringSize: 120
    readonly property int ringThickness: 10
    readonly property int spinnerThinness: 9 ///< a spinner's line is its size divided by this
    readonly property int compactBelow: 900 ///< window widths under this show the narrow side bar
    readonly property int windowWidth: 1280
    readonly property int windowHeight: 800
    readonly property int windowMinimumWidth: 480
    readonly property int windowMinimumHeight: 360

    // ---- corners
    readonly property int radiusSm: 4
    readonly property int radiusMd: 6
    readonly property int radiusLg: 10
    readonly property int radiusFull: 999

    // ---- motion
    readonly property int durationFast: reduceMotion ? 0 : 90
    readonly property int durationNormal: reduceMotion ? 0 : 160
    readonly property int durationSlow: reduceMotion ? 0 : 260
    readonly property int durationPulse: 900
    readonly property int delayTip: 500
    readonly property int delayTyping: 200
    readonly property int delayCopied: 1600
    readonly property int easing: Easing.OutCubic
    readonly property real disabledOpacity: 0.5
    readonly property real trackOpacity: 0.25 ///< of a ring or a bar behind what fills it
    readonly property real markClearance: 0.03 ///< a mark on a meter that is nearer to the filled part is left out
    readonly property real reservedOpacity: 0.4 ///< of what is set aside but not spent
    readonly property real popupScale: 0.98

    // ---- stacking
    readonly property int zPopup: 100
    readonly property int zToast: 200

    /// The colour of text or a line in a tone: "neutral", "accent", "ok", "warning", "danger", "info".
    function tone(name: string): color {
        switch (name) {
        case "accent": return accent
        case "ok": return ok
        case "warning": return warning
        case "danger": return danger
        case "info": return info
        }
        return textMuted
    }
    /// The ground that goes with tone().
    function toneSoft(name: string): color {
        switch (name) {
        case "accent": return accentSoft
        case "ok": return okSoft
        case "warning": return warningSoft
        case "danger": return dangerSoft
        case "info": return infoSoft
        }
        return neutralSoft
    }
    /// The colour of a bar in a tone.
    function toneFill(name: string): color {
        switch (name) {
        case "ok": return okFill
        case "warning": return warningFill
        case "danger": return dangerFill
        }
        return accentFill
    }
    /// How full a budget is, as a tone; the thresholds are those of the configuration.
    function budgetTone(fraction: real, warnAt: real): string {
        return fraction >= 1 ? "danger" : fraction >= warnAt ? "warning" : "accent"
    }
}
