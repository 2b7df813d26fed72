// <snippet>
using EventDrivenActors;
// </snippet>
using EventDrivenActors.DocsExamples;
using EventDrivenActors.DocsExamples.Adapters;
using EventDrivenActors.DocsExamples.Children;
using EventDrivenActors.DocsExamples.Packages;

// <snippet>
// A typed key says what its events carry, and what its handler returns.
EventKey<string, int> countLines = new("count lines");
EventKey<string> print = new("print");

await using EventRuntime runtime = EventRuntime.Create();

// A pool runs as many handlers at a time as it has workers.
ControllerPool pool = runtime.CreatePool(workers: 4, o => o.Mapping.On(countLines, CountLines));
pool.Run();

// A controller runs one handler at a time, so its handlers need no locks.
int printed = 0;
Controller printer = runtime.CreateController(o => o.Mapping
    .On(print, (session, line) => Console.WriteLine($"{++printed}. {line}")));
printer.Run();

// Every event ends in one state. A handler that throws costs its own event and nothing else.
string[] paths = [.. Directory.GetFiles("."), "no such file"];
Pending<int>[] counts = [.. paths.Select(path => pool.Dispatch(countLines, path))];
foreach ((string path, Pending<int> count) in paths.Zip(counts))
{
    PendingStatus status = await count.SettledAsync();
    bool isCounted = status == PendingStatus.Completed;
    printer.Post(print, isCounted ? $"{path} has {await count} lines" : $"{path} is not counted: {status}");
}

static int CountLines(string path) => File.ReadLines(path).Count();
// </snippet>

// The snippets of the tour, so that they are run as well as compiled.
await DispatchAndAwait.RunAsync(runtime);
await HooksAndContext.RunAsync(runtime);
await ListenToAnother.RunAsync(runtime);
await ManyWorkers.RunAsync(runtime);
await ChildProcess.RunAsync(runtime);
await RemoteObjects.RunAsync(runtime);
await PlainAkka.RunAsync(runtime);

// Those of the other documents.
await AdapterTour.RunAsync(runtime);
await ChildTour.RunAsync(runtime);
await FiveLinesOfTheCore.RunAsync();
await FiveLinesOfTheChild.RunAsync();
