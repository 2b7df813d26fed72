using System.Runtime.CompilerServices;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class ValueTests(SharedChild shared) : IClassFixture<SharedChild>
{
    private static readonly EventKey<int, int> Double = new("mark");

    [Fact]
    public async Task SubmittedFunction_WithAnyArgument_GivesItBack()
    {
        Controller controller = shared.Controller;
        await RoundTripAsync(controller, 42);
        await RoundTripAsync(controller, long.MinValue);
        await RoundTripAsync(controller, 1.5);
        await RoundTripAsync(controller, 12.34m);
        await RoundTripAsync(controller, true);
        await RoundTripAsync(controller, 'x');
        await RoundTripAsync(controller, "text, ünïcode, 🙂");
        await RoundTripAsync<string?>(controller, null);
        await RoundTripAsync<int?>(controller, 7);
        await RoundTripAsync(controller, Colour.Green);
        await RoundTripAsync(controller, new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"));
        await RoundTripAsync(controller, new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc));
        await RoundTripAsync(controller, new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(2)));
        await RoundTripAsync(controller, TimeSpan.FromMinutes(3));
        await RoundTripAsync(controller, (1, "two"));
        await RoundTripAsync(controller, new Point(1, 2));
        await RoundTripAsync(controller, new byte[] { 1, 2, 3 });
        await RoundTripAsync(controller, new[] { "a", "b" });
        await RoundTripAsync(controller, new List<int> { 1, 2, 3 });
        await RoundTripAsync(controller, new HashSet<string> { "a" });
        await RoundTripAsync(controller, new Dictionary<string, Point> { ["a"] = new(1, 2) });
        await RoundTripAsync(controller, "half a pair \ud83d");
        await RoundTripAsync(controller, new[] { "\ude00", "whole 🙂" });
        await RoundTripAsync(
            controller,
            new[,]
            {
                { 1, 2 },
                { 3, 4 },
            }
        );
        await RoundTripAsync<IReadOnlyList<string>>(controller, ["a", "b"]);
        await RoundTripAsync<IEnumerable<int>>(controller, [1]);
    }

    [Fact]
    public async Task LocalTime_InTheHourThatComesTwice_ArrivesAsTheSameInstant()
    {
        // Made of its bits: the zone of the machine may have no such hour.
        DateTime sent = Unsafe.BitCast<ulong, DateTime>(
            0xc000_0000_0000_0000UL | (ulong)new DateTime(2026, 10, 25, 2, 30, 0).Ticks
        );

        DateTime back = await shared.Controller.Submit(ChildWork.Echo, sent).Guarded();
        List<DateTime> listed = await shared.Controller.Submit(ChildWork.Echo, new List<DateTime> { sent }).Guarded();

        Assert.Equal(Unsafe.BitCast<DateTime, ulong>(sent), Unsafe.BitCast<DateTime, ulong>(back));
        Assert.Equal(Unsafe.BitCast<DateTime, ulong>(sent), Unsafe.BitCast<DateTime, ulong>(listed[0]));
    }

    [Fact]
    public async Task Dictionary_WithAnOrdinalComparer_GoesOnUsingItInTheChildAndBack()
    {
        Dictionary<string, int> sent = new(StringComparer.OrdinalIgnoreCase) { ["Tea"] = 3 };

        Assert.Equal(3, await shared.Controller.Submit((Dictionary<string, int> map) => map["tEA"], sent).Guarded());
        Assert.Equal(3, (await shared.Controller.Submit(ChildWork.Echo, sent).Guarded())["tea"]);
    }

    [Fact]
    public async Task Object_InTwoArguments_IsOneObjectInTheChild()
    {
        List<int> list = [1];

        Assert.True(
            await shared
                .Controller.Submit((List<int> one, List<int> other) => ReferenceEquals(one, other), list, list)
                .Guarded()
        );
    }

    [Fact]
    public async Task Child_HasNotReadTheXmlConfiguration()
    {
        string[] loaded = await shared.Controller.Submit(ChildWork.LoadedAssemblies).Guarded();

        Assert.Contains("Akka", loaded);
        Assert.DoesNotContain("System.Configuration.ConfigurationManager", loaded);
    }

    [Fact]
    public async Task Record_WithRecordsInside_ArrivesWhole()
    {
        Line line = new("line", new Point(0, 0), null, [new Point(1, 1), new Point(2, 2)]);

        Line back = await shared.Controller.Submit(ChildWork.Echo, line).Guarded();

        Assert.Equal(("line", new Point(0, 0), (Point?)null), (back.Name, back.From, back.To));
        Assert.Equal(line.Between, back.Between);
    }

    [Fact]
    public async Task TypedKey_HandledByTheChild_GivesItsTypedResult() =>
        Assert.Equal(21, await shared.Controller.Dispatch(Double, 21).Guarded());

    [Fact]
    public async Task Lambda_WithoutCaptures_RunsInTheChild()
    {
        int process = await shared.Controller.Submit(() => Environment.ProcessId).Guarded();

        Assert.Equal(shared.Child.ProcessId, process);
        Assert.Equal(7, await shared.Controller.Submit((int a, int b) => a + b, 3, 4).Guarded());
        Assert.Equal(
            "later",
            await shared
                .Controller.Submit(async () =>
                {
                    await Task.Yield();
                    return "later";
                })
                .Guarded()
        );
    }

    [Fact]
    public async Task Event_WithoutAHandlerInTheChild_CompletesEmpty() =>
        Assert.Empty(await shared.Controller.Dispatch("unknown").Guarded());

    [Fact]
    public async Task Context_OfAnEvent_CrossesWithIt()
    {
        SessionContext context = SessionContext.Empty.With(ChildWork.Label, "here");

        Assert.Equal(["here"], await shared.Controller.Dispatch("label", context: context).Guarded());
        Assert.Equal(["none"], await shared.Controller.Dispatch("label").Guarded());
    }

    [Fact]
    public async Task Context_OfASubmission_CrossesWithIt() =>
        Assert.Equal(
            "here",
            await shared
                .Controller.Submit(ChildWork.LabelOf, SessionContext.Empty.With(ChildWork.Label, "here"))
                .Guarded()
        );

    private static async Task RoundTripAsync<T>(Controller controller, T value)
    {
        Assert.Equal(value, await controller.Submit((Func<T, T>)ChildWork.Echo, value).Guarded());
        Assert.Equal([value], await controller.Dispatch("echo", value).Guarded());
        Assert.Equal([value], await controller.Dispatch("echo", args: [value]).Guarded());
    }
}
