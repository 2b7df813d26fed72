using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// The collections that are rebuilt from their elements, because their fields hold values that mean something in one
/// process only, such as hash codes.
/// </summary>
internal static class CollectionForms
{
    private static readonly Dictionary<Type, MethodInfo> Forms = new()
    {
        [typeof(List<>)] = Form(nameof(List)),
        [typeof(Queue<>)] = Form(nameof(Queue)),
        [typeof(Stack<>)] = Form(nameof(Stack)),
        [typeof(LinkedList<>)] = Form(nameof(LinkedList)),
        [typeof(HashSet<>)] = Form(nameof(HashSet)),
        [typeof(SortedSet<>)] = Form(nameof(SortedSet)),
        [typeof(PriorityQueue<,>)] = Form(nameof(PriorityQueue)),
        [typeof(Dictionary<,>)] = Form(nameof(Dictionary)),
        [typeof(OrderedDictionary<,>)] = Form(nameof(OrderedDictionary)),
        [typeof(SortedDictionary<,>)] = Form(nameof(SortedDictionary)),
        [typeof(SortedList<,>)] = Form(nameof(SortedList)),
        [typeof(ConcurrentDictionary<,>)] = Form(nameof(ConcurrentDictionary)),
        [typeof(ConcurrentQueue<>)] = Form(nameof(ConcurrentQueue)),
        [typeof(ConcurrentStack<>)] = Form(nameof(ConcurrentStack)),
        [typeof(ConcurrentBag<>)] = Form(nameof(ConcurrentBag)),
        [typeof(ImmutableList<>)] = Form(nameof(ImmutableList)),
        [typeof(ImmutableQueue<>)] = Form(nameof(ImmutableQueue)),
        [typeof(ImmutableStack<>)] = Form(nameof(ImmutableStack)),
        [typeof(ImmutableHashSet<>)] = Form(nameof(ImmutableHashSet)),
        [typeof(ImmutableSortedSet<>)] = Form(nameof(ImmutableSortedSet)),
        [typeof(ImmutableDictionary<,>)] = Form(nameof(ImmutableDictionary)),
        [typeof(ImmutableSortedDictionary<,>)] = Form(nameof(ImmutableSortedDictionary)),
        [typeof(FrozenSet<>)] = Form(nameof(FrozenSet)),
        [typeof(FrozenDictionary<,>)] = Form(nameof(FrozenDictionary)),
    };

    public static bool Contains(Type definition) => Forms.ContainsKey(definition);

    public static ObjectCodec? TryMake(SlotTable types, Type type) =>
        type.IsConstructedGenericType && Forms.TryGetValue(type.GetGenericTypeDefinition(), out MethodInfo? form)
            ? (ObjectCodec)form.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [types])!
            : null;

    private static MethodInfo Form(string name) =>
        typeof(CollectionForms).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

    private static ListObject<T> List<T>(SlotTable types) => new(types.ArrayOf<T>());

    private static SequenceObject<Queue<T>, T> Queue<T>(SlotTable types) =>
        new(types.ArrayOf<T>(), all => all.ToArray(), _ => new(), (all, items) => Array.ForEach(items, all.Enqueue));

    private static SequenceObject<Stack<T>, T> Stack<T>(SlotTable types) =>
        new(types.ArrayOf<T>(), all => [.. all.Reverse()], _ => new(), (all, items) => Array.ForEach(items, all.Push));

    private static SequenceObject<LinkedList<T>, T> LinkedList<T>(SlotTable types) =>
        new(
            types.ArrayOf<T>(),
            all => [.. all],
            _ => new(),
            (all, items) => Array.ForEach(items, item => all.AddLast(item))
        );

    private static SequenceObject<HashSet<T>, T> HashSet<T>(SlotTable types) =>
        new(
            types.ArrayOf<T>(),
            all => [.. all],
            comparer => new((IEqualityComparer<T>?)comparer[0]),
            (all, items) => Array.ForEach(items, item => Added(all.Add(item))),
            new ComparerOf<HashSet<T>>(all => all.Comparer, EqualityComparer<T>.Default)
        );

    private static SequenceObject<SortedSet<T>, T> SortedSet<T>(SlotTable types) =>
        new(
            types.ArrayOf<T>(),
            all => [.. all],
            comparer => new((IComparer<T>?)comparer[0]),
            (all, items) => Array.ForEach(items, item => Added(all.Add(item))),
            new ComparerOf<SortedSet<T>>(all => all.Comparer, Comparer<T>.Default)
        );

    // Enqueued in the order of its heap, which no element then has to leave again.
    private static SequenceObject<PriorityQueue<T, TPriority>, (T Item, TPriority Priority)> PriorityQueue<
        T,
        TPriority
    >(SlotTable types) =>
        new(
            types.ArrayOf<(T, TPriority)>(),
            all => [.. all.UnorderedItems],
            comparer => new((IComparer<TPriority>?)comparer[0]),
            (all, items) => Array.ForEach(items, item => all.Enqueue(item.Item, item.Priority)),
            new ComparerOf<PriorityQueue<T, TPriority>>(all => all.Comparer, Comparer<TPriority>.Default)
        );

    private static SequenceObject<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> Dictionary<TKey, TValue>(
        SlotTable types
    )
        where TKey : notnull =>
        new(
            types.EntriesOf<TKey, TValue>(),
            all => [.. all],
            comparer => new((IEqualityComparer<TKey>?)comparer[0]),
            (all, items) => Array.ForEach(items, item => all.Add(item.Key, item.Value)),
            new ComparerOf<Dictionary<TKey, TValue>>(all => all.Comparer, EqualityComparer<TKey>.Default)
        );

    private static SequenceObject<OrderedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> OrderedDictionary<
        TKey,
        TValue
    >(SlotTable types)
        where TKey : notnull =>
        new(
            types.EntriesOf<TKey, TValue>(),
            all => [.. all],
            comparer => new((IEqualityComparer<TKey>?)comparer[0]),
            (all, items) => Array.ForEach(items, item => all.Add(item.Key, item.Value)),
            new ComparerOf<OrderedDictionary<TKey, TValue>>(all => all.Comparer, EqualityComparer<TKey>.Default)
        );

    private static SequenceObject<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> SortedDictionary<
        TKey,
        TValue
    >(SlotTable types)
        where TKey : notnull =>
        new(
            types.EntriesOf<TKey, TValue>(),
            all => [.. all],
            comparer => new((IComparer<TKey>?)comparer[0]),
            (all, items) => Array.ForEach(items, item => all.Add(item.Key, item.Value)),
            new ComparerOf<SortedDictionary<TKey, TValue>>(all => all.Comparer, Comparer<TKey>.Default)
        );

    private static SequenceObject<SortedList<TKey, TValue>, KeyValuePair<TKey, TValue>> SortedList<TKey, TValue>(
        SlotTable types
    )
        where TKey : notnull =>
        new(
            types.EntriesOf<TKey, TValue>(),
            all => [.. all],
            comparer => new((IComparer<TKey>?)comparer[0]),
            (all, items) => Array.ForEach(items, item => all.Add(item.Key, item.Value)),
            new ComparerOf<SortedList<TKey, TValue>>(all => all.Comparer, Comparer<TKey>.Default)
        );

    private static SequenceObject<ConcurrentDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> ConcurrentDictionary<
        TKey,
        TValue
    >(SlotTable types)
        where TKey : notnull =>
        new(
            types.EntriesOf<TKey, TValue>(),
            all => all.ToArray(),
            comparer => new((IEqualityComparer<TKey>?)comparer[0]),
            (all, items) => Array.ForEach(items, item => Added(all.TryAdd(item.Key, item.Value))),
            new ComparerOf<ConcurrentDictionary<TKey, TValue>>(all => all.Comparer, EqualityComparer<TKey>.Default)
        );

    private static SequenceObject<ConcurrentQueue<T>, T> ConcurrentQueue<T>(SlotTable types) =>
        new(types.ArrayOf<T>(), all => all.ToArray(), _ => new(), (all, items) => Array.ForEach(items, all.Enqueue));

    private static SequenceObject<ConcurrentStack<T>, T> ConcurrentStack<T>(SlotTable types) =>
        new(
            types.ArrayOf<T>(),
            all => [.. all.ToArray().Reverse()],
            _ => new(),
            (all, items) => Array.ForEach(items, all.Push)
        );

    private static SequenceObject<ConcurrentBag<T>, T> ConcurrentBag<T>(SlotTable types) =>
        new(
            types.ArrayOf<T>(),
            all => [.. all.ToArray().Reverse()],
            _ => new(),
            (all, items) => Array.ForEach(items, all.Add)
        );

    private static FinishedObject<ImmutableList<T>, T> ImmutableList<T>(SlotTable types) =>
        new(types.ArrayOf<T>(), all => [.. all], (_, items) => [.. items]);

    private static FinishedObject<ImmutableQueue<T>, T> ImmutableQueue<T>(SlotTable types) =>
        new(types.ArrayOf<T>(), all => [.. all], (_, items) => [.. items]);

    private static FinishedObject<ImmutableStack<T>, T> ImmutableStack<T>(SlotTable types) =>
        new(
            types.ArrayOf<T>(),
            all => [.. all.Reverse()],
            (_, items) => System.Collections.Immutable.ImmutableStack.Create(items)
        );

    private static FinishedObject<ImmutableHashSet<T>, T> ImmutableHashSet<T>(SlotTable types) =>
        new(
            types.ArrayOf<T>(),
            all => [.. all],
            (comparer, items) =>
                System.Collections.Immutable.ImmutableHashSet.Create((IEqualityComparer<T>?)comparer[0], items),
            writer => writer.OpenReferences,
            new ComparerOf<ImmutableHashSet<T>>(all => all.KeyComparer, EqualityComparer<T>.Default)
        );

    private static FinishedObject<ImmutableSortedSet<T>, T> ImmutableSortedSet<T>(SlotTable types) =>
        new(
            types.ArrayOf<T>(),
            all => [.. all],
            (comparer, items) =>
                System.Collections.Immutable.ImmutableSortedSet.Create((IComparer<T>?)comparer[0], items),
            writer => writer.OpenReferences,
            new ComparerOf<ImmutableSortedSet<T>>(all => all.KeyComparer, Comparer<T>.Default)
        );

    private static FinishedObject<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> ImmutableDictionary<
        TKey,
        TValue
    >(SlotTable types)
        where TKey : notnull =>
        new(
            types.EntriesOf<TKey, TValue>(),
            all => [.. all],
            (comparer, items) =>
                System.Collections.Immutable.ImmutableDictionary.CreateRange(
                    (IEqualityComparer<TKey>?)comparer[0],
                    (IEqualityComparer<TValue>?)comparer[1],
                    items
                ),
            writer => writer.OpenKeys,
            new ComparerOf<ImmutableDictionary<TKey, TValue>>(all => all.KeyComparer, EqualityComparer<TKey>.Default),
            new ComparerOf<ImmutableDictionary<TKey, TValue>>(
                all => all.ValueComparer,
                EqualityComparer<TValue>.Default
            )
        );

    private static FinishedObject<
        ImmutableSortedDictionary<TKey, TValue>,
        KeyValuePair<TKey, TValue>
    > ImmutableSortedDictionary<TKey, TValue>(SlotTable types)
        where TKey : notnull =>
        new(
            types.EntriesOf<TKey, TValue>(),
            all => [.. all],
            (comparer, items) =>
                System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
                    (IComparer<TKey>?)comparer[0],
                    (IEqualityComparer<TValue>?)comparer[1],
                    items
                ),
            writer => writer.OpenKeys,
            new ComparerOf<ImmutableSortedDictionary<TKey, TValue>>(all => all.KeyComparer, Comparer<TKey>.Default),
            new ComparerOf<ImmutableSortedDictionary<TKey, TValue>>(
                all => all.ValueComparer,
                EqualityComparer<TValue>.Default
            )
        );

    private static FinishedObject<FrozenSet<T>, T> FrozenSet<T>(SlotTable types) =>
        new(
            types.ArrayOf<T>(),
            all => [.. all],
            (comparer, items) => items.ToFrozenSet((IEqualityComparer<T>?)comparer[0]),
            writer => writer.OpenReferences,
            new ComparerOf<FrozenSet<T>>(all => all.Comparer, EqualityComparer<T>.Default)
        );

    private static FinishedObject<FrozenDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> FrozenDictionary<
        TKey,
        TValue
    >(SlotTable types)
        where TKey : notnull =>
        new(
            types.EntriesOf<TKey, TValue>(),
            all => [.. all],
            (comparer, items) => items.ToFrozenDictionary((IEqualityComparer<TKey>?)comparer[0]),
            writer => writer.OpenKeys,
            new ComparerOf<FrozenDictionary<TKey, TValue>>(all => all.Comparer, EqualityComparer<TKey>.Default)
        );

    private static void Added(bool isNew)
    {
        if (!isNew)
        {
            throw new InvalidOperationException(
                "Two elements of a set, or keys of a dictionary, are equal where they are read; they were changed "
                    + "after they had been added."
            );
        }
    }
}
