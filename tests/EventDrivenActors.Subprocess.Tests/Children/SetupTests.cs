using Akka.Event;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class SetupTests : ChildTest
{
    [Fact]
    public async Task Setup_BuildsEachWorker_BeforeTheChildTakesEvents()
    {
        Controller controller = Harness.Start(child => child.Use<Setup>().Workers = 3);

        string prepared = (string)(await controller.Dispatch("prepared").Guarded())[0]!;

        Assert.Equal("0 1 2", prepared);
        Assert.Equal(["from the adapter"], await controller.Dispatch("adapted").Guarded());
        Assert.Equal(["from the set-up"], await controller.Dispatch("label").Guarded());
    }

    [Fact]
    public async Task Log_OfTheSetUp_IsInTheParentsLogAndNotInTheOutput()
    {
        Journal<LogEvent> heard = new();
        LogTap.Attach(
            Harness.Runtime.System,
            log =>
            {
                if (log.LogSource.StartsWith(Setup.Source))
                {
                    heard.Add(log);
                }
            }
        );
        Controller controller = Harness.Start(child => child.Use<Setup>());
        await ProcessOfAsync(controller);

        Warning warning = Assert.IsType<Warning>((await heard.WaitForAsync(1))[0]);

        Assert.EndsWith("] set up", warning.Message.ToString());
        Assert.DoesNotContain(Harness.Said.Entries, line => line.Contains("set up"));
    }

    [Fact]
    public async Task Workers_RunAtTheSameTime()
    {
        Controller controller = Harness.Start(child => child.Workers = 2);

        Pending held = controller.Dispatch("hold");
        await controller.Dispatch("open").Guarded();

        Assert.Equal(PendingStatus.Completed, await held.StatusAsync());
    }

    public sealed class Setup : IChildSetup
    {
        internal const string Source = "the set-up";
        private static readonly List<int> Prepared = [];

        public void Configure(PoolOptions options)
        {
            options.Context = options.Context.With(ChildWork.Label, "from the set-up");
            options.Adapters.Add(
                new DelegateAdapter(context =>
                {
                    Logging.GetLogger(context.System, Source).Warning("set up");
                    context.Map(new MappingBlueprint().On("adapted", _ => "from the adapter"));
                })
            );
            options
                .Mapping.On(ControllerEvents.WorkerPrepare, session => Prepare(session.WorkerIndex))
                .On("prepared", _ => string.Join(' ', Prepared.Order()));
        }

        private static void Prepare(int worker)
        {
            lock (Prepared)
            {
                Prepared.Add(worker);
            }
        }
    }
}
