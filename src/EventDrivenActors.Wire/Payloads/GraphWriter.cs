using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Writes the objects of one payload. It knows which ones it has written, so that two references to one object arrive
/// as such, and the way to the one that it is at, which a refusal names. One thread at a time.
/// </summary>
internal sealed class GraphWriter(PayloadBuffer buffer, TypeTable<ObjectCodec> types) : PayloadState
{
    /// <summary>How deep objects may be nested: writing and reading them recurses.</summary>
    public const int MaxDepth = 500;

    private const int KeptObjects = 1024;

    // Not thread-safe: one payload, one thread.
    private readonly List<Progress> _progress = [];
    private readonly Dictionary<Type, int> _types = [];
    private Dictionary<object, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private Part[] _steps = new Part[16];
    private int _depth;

    private enum Progress : byte
    {
        Done,
        Open,
        OpenAndMadeLast,
    }

    public PayloadBuffer Buffer => buffer;

    /// <summary>How many references to unfinished objects there were so far.</summary>
    public int OpenReferences { get; private set; }

    /// <summary>How many of them were in a key of a dictionary.</summary>
    public int OpenKeys { get; set; }

    /// <summary>Whether objects of the type may cross.</summary>
    public bool MayWrite(Type type) => types.IsAllowed(StandIns.WireTypeOf(type));

    public override void Reset()
    {
        _depth = 0;
        OpenReferences = 0;
        _types.Clear();
        if (_progress.Count > KeptObjects)
        {
            _numbers = new(ReferenceEqualityComparer.Instance);
            _steps = new Part[16];
        }
        else if (_progress.Count > 0)
        {
            _numbers.Clear();
            Array.Clear(_steps);
        }

        _progress.Clear();
    }

    /// <exception cref="PayloadException">The object cannot cross.</exception>
    public void Write(object? value, Type declared)
    {
        ObjectCodec? last = null;
        Write(value, declared, ref last);
    }

    /// <param name="value">The object to write.</param>
    /// <param name="declared">The type that the reader expects.</param>
    /// <param name="last">The codec of what stood in this place before.</param>
    /// <exception cref="PayloadException">The object cannot cross.</exception>
    public void Write(object? value, Type declared, ref ObjectCodec? last)
    {
        if (value is null)
        {
            Tag(GraphTag.Null);
            return;
        }

        Type type = value.GetType();
        ObjectCodec? codec = last;
        if (codec?.Type != type)
        {
            last = codec = types.ForWriting(type) ?? throw Refused(types.WhyNot(type));
        }

        if (!codec.IsTracked)
        {
            WriteType(codec.Type, declared);
            codec.Write(this, value);
            return;
        }

        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, value, out bool isKnown);
        if (isKnown)
        {
            WriteReference(number);
            return;
        }

        int mine = number = _progress.Count;
        _progress.Add(codec.IsMadeLast ? Progress.OpenAndMadeLast : Progress.Open);
        WriteType(codec.Type, declared);
        RequireDepth();
        codec.Write(this, value);
        _progress[mine] = Progress.Done;
    }

    /// <summary>Begins with the parts of an object.</summary>
    /// <param name="fields">The fields that steps number; null where they number elements.</param>
    public void Enter(FieldInfo[]? fields)
    {
        if (++_depth == _steps.Length)
        {
            Array.Resize(ref _steps, _depth * 2);
        }

        _steps[_depth] = new Part { Fields = fields, Index = -1 };
    }

    /// <summary>Moves to a part of the object that was entered last.</summary>
    public void Step(int index) => _steps[_depth].Index = index;

    /// <summary>Goes to the keys of the dictionary that was entered last.</summary>
    public void StepToKey() => (_steps[_depth].Key, _steps[_depth].IsKey) = (null, true);

    /// <summary>Goes to the value under a key of the dictionary that was entered last.</summary>
    public void StepUnder(object key) => (_steps[_depth].Key, _steps[_depth].IsKey) = (key, false);

    /// <summary>Is done with the parts of the object that was entered last.</summary>
    public void Exit() => _depth--;

    /// <summary>The refusal of the object at which the writer is.</summary>
    /// <param name="why">The end of a sentence that begins with the way to it.</param>
    public PayloadException Refused(string why) => new($"{Way()} {why}");

    private void WriteReference(int number)
    {
        switch (_progress[number])
        {
            case Progress.OpenAndMadeLast:
                throw Refused(
                    "refers to an immutable collection that contains it, which cannot be put together again; send a "
                        + "mutable collection, such as a List or a Dictionary."
                );
            case Progress.Open:
                OpenReferences++;
                break;
        }

        Tag(GraphTag.Reference);
        buffer.WriteVarUInt((ulong)number);
    }

    private void WriteType(Type type, Type declared)
    {
        if (type == declared)
        {
            Tag(GraphTag.Declared);
            return;
        }

        if (FrameworkTypes.NumberOf(type) is { } fixedNumber)
        {
            Tag(GraphTag.NumberedType);
            buffer.WriteVarUInt((ulong)fixedNumber);
            return;
        }

        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_types, type, out bool isKnown);
        if (isKnown)
        {
            Tag(GraphTag.NumberedType);
            buffer.WriteVarUInt((ulong)number);
            return;
        }

        number = FrameworkTypes.Numbered + _types.Count - 1;
        Tag(GraphTag.NamedType);
        buffer.WriteText(types.NameOf(type));
    }

    private void RequireDepth()
    {
        if (_depth >= MaxDepth)
        {
            throw Refused(
                $"is nested more than {MaxDepth} objects deep; send a flat collection, such as a list with indices."
            );
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    private void Tag(GraphTag tag) => buffer.WriteByte((byte)tag);

    private string Way()
    {
        IEnumerable<string> steps = _steps.Skip(1).Take(Math.Min(_depth, 20)).Select(step => step.ToString());
        return $"value{string.Concat(steps)}{(_depth > 20 ? "…" : "")}";
    }

    private struct Part
    {
        public FieldInfo[]? Fields;
        public int Index;
        public object? Key;
        public bool IsKey;

        public override readonly string ToString() =>
            Index < 0 ? ""
            : Fields is not null ? NameOf(Fields[Index])
            : IsKey ? ".Keys"
            : Key is null ? $"[{Index}]"
            : PrimitiveTypes.Contains(Key.GetType()) || Key is Enum ? $"[{Key}]"
            : "[…]";

        // The user knows no fields of a wrapper such as ReadOnlyCollection.
        private static string NameOf(FieldInfo field) =>
            !field.IsPublic && FrameworkTypes.IsFramework(field.DeclaringType!)
                ? ""
                : $".{CompilerNames.UserName(field)}";
    }
}
