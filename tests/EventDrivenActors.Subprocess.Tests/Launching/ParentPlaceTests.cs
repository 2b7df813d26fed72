using System.Globalization;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Fuzzing;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Subprocess.Tests.Launching;

public sealed class ParentPlaceTests
{
    private static readonly ParentPlace Sound = new(
        new CultureFacts(
            "fr-FR",
            [("NumberFormatInfo.NumberGroupSizes", ["3", "2"]), ("TextInfo.ListSeparator", [";"])]
        ),
        new CultureFacts("", []),
        (3, 4),
        null,
        TimeSpan.FromSeconds(1),
        [("A", true), ("B", false)],
        ("App", "/app.dll"),
        "/app.config",
        "/"
    );

    [Fact]
    public void Place_RoundTrips()
    {
        ParentPlace read = ParentPlace.Decode(Sound.Encode());

        Assert.Equal(Sound.Encode(), read.Encode());
        Assert.Equal(
            (Sound.MinThreads, Sound.MaxThreads, Sound.RegexTimeout, Sound.EntryAssembly),
            (read.MinThreads, read.MaxThreads, read.RegexTimeout, read.EntryAssembly)
        );
        Assert.Equal(Sound.Switches, read.Switches);
        Assert.Equal(Sound.Culture!.Changes[0].Values, read.Culture!.Changes[0].Values);
        Assert.Empty(read.UICulture!.Changes);
    }

    [Fact]
    public void Place_Damaged_IsReadOrRefused() =>
        Fuzz.Run<WireFormatException>(11, [Sound.Encode()], bytes => ParentPlace.Decode(bytes));

    [Fact]
    public void Culture_ThatWasChanged_IsMadeAgain()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSizes = [3, 2];
        culture.NumberFormat.DigitSubstitution = DigitShapes.NativeNational;
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        culture.DateTimeFormat.CalendarWeekRule = CalendarWeekRule.FirstFourDayWeek;
        culture.DateTimeFormat.AbbreviatedDayNames = ["a", "b", "c", "d", "e", "f", "g"];
        culture.TextInfo.ListSeparator = "|";

        CultureInfo made = CultureFacts.Of(culture).Make()!;

        Assert.Equal(1234567.5.ToString("N", culture), 1234567.5.ToString("N", made));
        Assert.Equal(DigitShapes.NativeNational, made.NumberFormat.DigitSubstitution);
        Assert.Equal(
            "01.02.2026 a",
            new DateTime(2026, 2, 1).ToString("d", made) + " " + new DateTime(2026, 2, 1).ToString("ddd", made)
        );
        Assert.Equal(
            (CalendarWeekRule.FirstFourDayWeek, "|"),
            (made.DateTimeFormat.CalendarWeekRule, made.TextInfo.ListSeparator)
        );
        Assert.Empty(CultureFacts.Of(CultureInfo.InvariantCulture).Changes);
    }

    [Fact]
    public void Culture_ThatIsNotThere_IsNone() => Assert.Null(new CultureFacts("no culture at all", []).Make());

    [Fact]
    public void Switches_ThatCodeHasSet_AreListed()
    {
        AppContext.SetSwitch("EventDrivenActors.Tests.Switch", true);

        Assert.Contains(("EventDrivenActors.Tests.Switch", true), ContextSwitches.All());
    }
}
