using System.Text.RegularExpressions;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>
/// The class at the end of each printed program: it keeps the dispatched events, and prints how they ended.
/// </summary>
internal static partial class HelperText
{
    /// <summary>The members that a program's code uses.</summary>
    public static IEnumerable<string> Of(string code)
    {
        string[] members = Text.Split("\n\n");
        HashSet<string> used = [.. members.Where(member => Uses(code, "Ends." + NameOf(member)))];
        int before;
        do
        {
            before = used.Count;
            string[] more =
            [
                .. members.Where(member => used.Any(user => user != member && Uses(user, NameOf(member)))),
            ];
            used.UnionWith(more);
        } while (used.Count > before);

        string all = string.Join("\n\n", members.Where(used.Contains));
        return
        [
            "static class Ends",
            "{",
            .. all.Split('\n').Select(line => line.Length == 0 ? "" : $"    {line}"),
            "}",
        ];
    }

    private static string NameOf(string member) => MemberName().Match(member).Groups[1].Value;

    private static bool Uses(string code, string name) => Regex.IsMatch(code, $@"\b{Regex.Escape(name)}\b");

    /// <summary>The first name that a parameter list, an initial value or a type parameter follows.</summary>
    [GeneratedRegex(@"(\w+)(?:<TPending>\(|\(| =)")]
    private static partial Regex MemberName();

    private const string Text = """
        static readonly SortedDictionary<int, List<Pending>> Kept = [];

        static readonly SortedDictionary<int, string> Refused = [];

        static readonly List<Task> Beside = [];

        static readonly AsyncLocal<int> Met = new();

        static readonly int[] Handled = new int[100];

        public static TPending Keep<TPending>(int id, TPending pending) where TPending : Pending
        {
            lock (Kept) { (Kept.TryGetValue(id, out List<Pending>? all) ? all : Kept[id] = []).Add(pending); }
            return pending;
        }

        public static void Offer(int id, Func<Pending> dispatch)
        {
            try { Keep(id, dispatch()); } catch (Exception e) { lock (Kept) { Refused[id] = e.GetType().Name; } }
        }

        public static async Task OfferAsync(int id, Func<ValueTask<Pending>> dispatch)
        {
            try { Keep(id, await dispatch()); } catch (Exception e) { lock (Kept) { Refused[id] = e.GetType().Name; } }
        }

        public static void Try(Action action)
        {
            try { action(); }
            catch (Exception e) { Console.Error.WriteLine($"{e.GetType().Name}: {e.Message}"); }
        }

        public static async Task TryAsync(Func<Task> action)
        {
            try { await action(); }
            catch (Exception e) { Console.Error.WriteLine($"{e.GetType().Name}: {e.Message}"); }
        }

        public static void Aside(Task task) { lock (Beside) { Beside.Add(task); } }

        public static Task SettledAsync(params int[] ids) =>
            Task.WhenAll(All().Where(one => ids.Contains(one.Id)).Select(one => one.Pending.SettledAsync()));

        public static void Cancel(int id)
        {
            foreach ((int _, Pending pending) in All().Where(one => one.Id == id)) { pending.Cancel(); }
        }

        public static CancellationToken After(int milliseconds) =>
            milliseconds == 0 ? new CancellationToken(canceled: true) : new CancellationTokenSource(milliseconds).Token;

        public static void Meet(int id)
        {
            bool meets = Met.Value != 0 || CultureInfo.CurrentCulture.Name == "tlh";
            if (meets) { Console.WriteLine($"event {id} meets what another has set"); }
            Met.Value = id;
        }

        public static async Task LeaveBehindAsync(int milliseconds, int id)
        {
            await Task.Delay(milliseconds);
            if (Session.Current is { IsActive: true } met && met.Args is [int other, ..] && other != id)
            {
                Console.WriteLine($"what event {id} left behind sees event {other}");
            }
        }

        public static void Fault(int fault, int nth, int later, Action deed)
        {
            if (Interlocked.Increment(ref Handled[fault]) != nth) { return; }
            string mark = Path.Combine(Environment.GetEnvironmentVariable("SIMULATED_FAULTS")!, $"{fault}");
            try { using FileStream once = new(mark, FileMode.CreateNew); }
            catch (IOException) { return; }
            if (later == 0) { deed(); } else { _ = Task.Run(async () => { await Task.Delay(later); deed(); }); }
        }

        public static void Signal(int? process, string signal, int milliseconds)
        {
            if (process is not { } id) { return; }
            string time = $"{milliseconds / 1000}.{milliseconds % 1000:000}";
            string then = signal == "STOP" && milliseconds > 0 ? $"; sleep {time}; kill -CONT {id}" : "";
            using Process? shell = Process.Start("sh", ["-c", $"kill -{signal} {id}{then}"]);
        }

        public static async Task PrintAsync(int[] ids, Task[] clients, IController[] nodes)
        {
            Task client = EndAsync(clients);
            await Task.WhenAny(client, Task.Delay(20_000));
            TimeSpan deadline = TimeSpan.FromSeconds(15);
            Task end = Task.WhenAll(nodes.Select(
                node => TryAsync(() => node.ShutdownAsync(ShutdownMode.Drain, deadline))));
            await Task.WhenAny(end, Task.Delay(25_000));
            Task disposed = World.Runtime.DisposeAsync().AsTask();
            await Task.WhenAny(Task.WhenAll(client, disposed), Task.Delay(10_000));
            foreach (int id in ids)
            {
                Console.WriteLine(Kept.TryGetValue(id, out List<Pending>? all)
                    ? $"event {id}: {string.Join(", ", all.Select(one => one.Status))}"
                    : $"event {id}: refused by {Refused.GetValueOrDefault(id)}");
            }
            int open = All().Count(one => !one.Pending.IsSettled);
            bool hasEnded = client.IsCompleted && end.IsCompleted && disposed.IsCompleted && open == 0;
            string left = $"nodes: {end.IsCompleted}, runtime: {disposed.IsCompleted}; {open} events are open";
            Console.WriteLine(hasEnded ? "all has ended" : $"clients have ended: {client.IsCompleted}, {left}");
        }

        static async Task EndAsync(Task[] clients)
        {
            await Task.WhenAll(clients);
            await Task.WhenAll(Beside);
        }

        static (int Id, Pending Pending)[] All()
        {
            lock (Kept) { return [.. Kept.SelectMany(one => one.Value.Select(pending => (one.Key, pending)))]; }
        }
        """;
}
