using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Transport;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Tests.Transport;

public sealed class StartPageTests : IDisposable
{
    private readonly SocketDirectory _directory = SocketDirectory.Create();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Marks_OfTheChild_AreReadByTheParent(bool file)
    {
        using StartPage page = Create(file, slots: 4);
        StartMarks marks = Open(page, slots: 4);

        Assert.True(marks.TrySet(1, 11));
        Assert.True(marks.TrySet(3, 13));
        Assert.True(marks.TrySet(2, 12));
        marks.Clear(2);
        marks.Arriving(7);

        StartRecord record = page.Read()!;
        Assert.Equal(
            [false, true, false, true],
            Enumerable.Range(0, 4).Select(slot => record.Has(Call(10 + slot, slot)))
        );
        Assert.False(record.Has(Call(21, 1)));
        Assert.True(record.TakesIn(Call(1, 0, place: 7)));
        Assert.False(record.TakesIn(Call(1, 0, place: 8)));
    }

    [Fact]
    public void Page_ThatTheChildNeverOpened_SaysNothing()
    {
        using StartPage page = Create(file: false, slots: 4);

        Assert.Null(page.Read());
    }

    [Fact]
    public void Page_ThatTheChildCutShort_SaysNothing()
    {
        using StartPage page = Create(file: true, slots: 4);
        Open(page, slots: 4);
        using (FileStream cut = new(page.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            cut.SetLength(100);
        }

        Assert.Null(page.Read());
    }

    [Fact]
    public void Slot_OutsideOfThePage_IsTakenForStarted()
    {
        using StartPage page = Create(file: false, slots: 4);
        StartMarks marks = Open(page, slots: 4);

        Assert.True(marks.TrySet(4, 11));

        Assert.True(page.Read()!.Has(Call(11, 4)));
    }

    [Fact]
    public void Marks_OfAChildThatCountsAsDead_AreRefusedAndChangeNothing()
    {
        using StartPage page = Create(file: false, slots: 4);
        StartMarks marks = Open(page, slots: 4, closes: true);
        Assert.True(marks.TrySet(0, 1));

        marks.Close();
        marks.Close();

        Assert.False(marks.TrySet(1, 2));
        marks.Clear(0);
        marks.Arriving(3);
        StartRecord record = page.Read()!;
        Assert.Equal(
            (true, false, false),
            (record.Has(Call(1, 0)), record.Has(Call(2, 1)), record.TakesIn(Call(9, 3, place: 3)))
        );
    }

    [Fact]
    public void Page_ThatIsNotThere_MarksNothing()
    {
        StartMarks marks = MappedStartPage.Open(Start(_directory.SocketPath + ".none", 4));

        Assert.Same(StartMarks.None, marks);
        Assert.True(marks.TrySet(1, 2));
    }

    [Fact]
    public void File_GoesWithItsFolder()
    {
        using StartPage page = Create(file: true, slots: 4);
        Assert.True(File.Exists(page.Path));

        _directory.Dispose();

        Assert.False(Directory.Exists(_directory.DirectoryPath));
    }

    private static OutstandingCall Call(long id, int slot, long place = 0) =>
        new UnheardCall(id) { Slot = slot, Number = place };

    private static StartMarks Open(StartPage page, int slots, bool closes = false) =>
        MappedStartPage.Open(Start(page.Path, slots), closes);

    private static StartMessage Start(string page, int slots) =>
        new(1, default, "", [], "", default, [], "", default, page, slots);

    private StartPage Create(bool file, int slots) =>
        file
            ? StartPage.CreateFile(StartPage.FileOf(_directory.SocketPath), slots)
            : StartPage.Create(_directory.SocketPath, slots);

    private sealed class UnheardCall(long id) : OutstandingCall(id, "key", 0, default, idempotent: false, attempt: 1)
    {
        public override void Settle(EventOutcome outcome) { }
    }
}
