using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace EventDrivenActors.Pure.Tests.Payloads;

/// <content>Collections.</content>
internal static partial class ValueCatalogue
{
    private static IEnumerable<(string, object)> Collections()
    {
        Circle one = new(1),
            two = new(2);
        Dictionary<string, int> map = new() { ["b"] = 1, ["a"] = 2 };
        int[,] grid =
        {
            { 1, 2, 3 },
            { 4, 5, 6 },
        };
        Array shifted = Array.CreateInstance(typeof(string), [2, 2], [5, -1]);
        shifted.SetValue("x", 6, 0);
        foreach (
            object value in new object[]
            {
                new int[] { 1, -2 },
                new bool[] { true, false },
                new decimal[] { 1.50m },
                new DateTime[] { DateTime.UnixEpoch },
                new string?[] { "a", null, "\ud83d" },
                new object?[] { 1, "x", null, one, one },
                new Circle?[] { one, null, one },
                new Animal[] { new Dog("d", 1), new Cat("c", true) },
                new int[][] { [1], [], [2, 3] },
                new Colour[] { Colour.Red },
                new int?[] { 1, null },
                new Money?[] { new(1, "x"), null },
                Array.Empty<string>(),
                grid,
                new string?[,,]
                {
                    {
                        { "a" },
                        { null },
                    },
                },
                shifted,
                Array.CreateInstance(typeof(int), [3], [1]),
                new int[0, 4],
                new Memory<byte>[] { new byte[] { 1 } },
                new List<int> { 1, 2 },
                new List<string?> { "a", null },
                new List<object?> { 1, "x", one, null, one },
                new List<IShape> { one, two },
                new List<KeyValuePair<string, int>> { new("a", 1) },
                new Queue<Circle>([one, two, one]),
                new Stack<int>([1, 2, 3]),
                new LinkedList<string>(["a", "b"]),
                new HashSet<string> { "b", "a" },
                new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "A", "b" },
                new HashSet<string>(StringComparer.Ordinal) { "A", "a" },
                new HashSet<string>(new ByLength()) { "a", "bb" },
                new SortedSet<int> { 3, 1 },
                new SortedSet<string>(StringComparer.Ordinal) { "b", "B", "a" },
                new SortedSet<string>(new ByLength()) { "ccc", "a" },
                map,
                new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 },
                new Dictionary<string, Circle?>(StringComparer.Ordinal) { ["a"] = one, ["n"] = null },
                new Dictionary<string, int>(StringComparer.InvariantCultureIgnoreCase) { ["A"] = 1 },
                new Dictionary<Circle, string> { [one] = "one" },
                new Dictionary<(int, string), Colour> { [(1, "a")] = Colour.Red },
                new Dictionary<Colour, List<Point>> { [Colour.Green] = [new(1, 2)] },
                new SortedDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["b"] = 1, ["A"] = 2 },
                new SortedList<int, string> { [2] = "b", [1] = "a" },
                new SortedList<string, int>(StringComparer.Ordinal) { ["b"] = 1 },
                new OrderedDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["b"] = 1, ["A"] = 2 },
                Heap(null),
                Heap(new ByLength()),
                new ConcurrentDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 },
                new ConcurrentQueue<int>([1, 2]),
                new ConcurrentStack<int>([1, 2]),
                new ConcurrentBag<int>([1, 2, 3]),
                new Collection<string> { "a" },
                new ObservableCollection<string> { "a", "b" },
                new ReadOnlyCollection<int>([1, 2]),
                new ReadOnlyDictionary<string, int>(map),
                new ReadOnlySet<int>(new HashSet<int> { 1 }),
                new List<Circle> { one, one }.AsReadOnly(),
                new BitArray([true, false, true]),
                ImmutableList.Create("a", "b"),
                ImmutableQueue.Create(1, 2),
                ImmutableStack.Create(1, 2),
                ImmutableHashSet.Create(1, 2),
                ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "A"),
                ImmutableSortedSet.Create(StringComparer.Ordinal, "b", "a"),
                ImmutableDictionary<string, int>.Empty.Add("a", 1),
                ImmutableDictionary
                    .Create<string, string>(StringComparer.OrdinalIgnoreCase, StringComparer.Ordinal)
                    .Add("A", "b"),
                ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("a", 1),
                new[] { "a", "b" }.ToFrozenSet(),
                new[] { "a", "B" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
                map.ToFrozenDictionary(),
                map.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
                Enumerable.Range(0, 100).ToFrozenSet(),
                FrozenSet<int>.Empty,
                FrozenDictionary<int, Circle>.Empty,
                Enumerable.Range(0, 5).ToFrozenDictionary(i => i, i => new Circle(i)),
                new TitledList { 1, 2 },
                new ByName { one, two },
                new Basket("7", ["tea", "milk"], [1], [one, one, "x"]),
                StringComparer.Ordinal,
                EqualityComparer<string>.Default,
                Comparer<int>.Default,
                new ByLength(),
            }
        )
        {
            yield return ($"{value.GetType().Name} {(value as ICollection)?.Count}", value);
        }
    }

    private static PriorityQueue<string, string> Heap(IComparer<string>? comparer)
    {
        PriorityQueue<string, string> heap = new(comparer);
        foreach (string item in new[] { "eee", "a", "cc", "b", "dddd", "aa" })
        {
            heap.Enqueue(item, item);
        }

        heap.Dequeue();
        return heap;
    }

    private static IEnumerable<(string, object)> Objects()
    {
        yield return ("_syncRoot", new Tree("oak"));
        yield return ("_syncRoot as a lock", new Purse());
        yield return ("fields of one name in a base", new Derived { BaseSecret = 1, DerivedSecret = 2 });
        yield return ("anonymous", Anonymous);
        yield return ("event without listeners", new WithEvent { Number = 3 });
        yield return ("derived by attribute", new Dog("d", 3));
        yield return ("record", new Line("nut", 3, 0.50m));
        Family parent = new() { Name = "parent" };
        Family child = new() { Name = "child", Parent = parent };
        parent.Children.Add(child);
        parent.Children.Add(parent);
        yield return ("sets that refer back", parent);
        Keyed keyed = new("k");
        keyed.Index[keyed] = 1;
        yield return ("a key that holds its dictionary", keyed);
        Link circle = new() { Number = 1 };
        circle.Next = circle;
        yield return ("circle", circle);
        List<object?> self = [1];
        self.Add(self);
        yield return ("a list that holds itself", self);
        object?[] inner = [null];
        inner[0] = new List<object> { inner };
        yield return ("an array in a list in itself", new List<object> { inner });
    }
}
