using System.Collections;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>
/// Walks a value before Hyperion does, in the same order but without recursion, and refuses what would be refused, lost or
/// overflow the stack, naming the path to it. One instance a call.
/// </summary>
internal sealed class GraphChecker(TypeFilter filter, TypeShapes shapes, int maxBytes)
{
    /// <summary>How deep objects may be nested: Hyperion recurses, and 20,000 levels end the process.</summary>
    public const int MaxDepth = 500;

    private const int NamedStep = -1;
    private const int KeyStep = -2;

    private readonly List<Node> _nodes = [];
    private readonly Stack<int> _open = new();
    private readonly List<int> _children = [];
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private long _size;

    /// <exception cref="PayloadException">The value cannot cross.</exception>
    public void Check(object root)
    {
        Add(root, parent: -1, label: null, index: 0);
        Flush();
        while (_open.TryPop(out var node))
        {
            Visit(node);
            Flush();
        }
    }

    private void Visit(int at)
    {
        var node = _nodes[at];
        var type = node.Value.GetType();
        if (!filter.IsAllowed(type))
        {
            throw Refused(at, ForbiddenTypes.Contains(type)
                ? $"is a {type}, which cannot cross to another process; send data instead."
                : $"is a {type}, which is not allowed to cross to another process; send data, or allow the type with AllowType<{type.Name}>().");
        }

        var shape = shapes.Of(type);
        if ((shape.Kind == ShapeKind.Refused ? shape.Refusal : shape.Inspect?.Invoke(node.Value)) is { } refusal)
        {
            throw Refused(at, refusal);
        }

        Grow(at, node.Value is string text ? text.Length : node.Value is Array array ? array.Length : 1);
        if (shape.IsLeaf || shape.HasLeafElements || (!type.IsValueType && !_seen.Add(node.Value)))
        {
            return;
        }

        if (node.Depth > MaxDepth)
        {
            throw Refused(at, $"is nested more than {MaxDepth} objects deep; send a flat collection, such as a list with indices.");
        }

        Expand(at, node.Value, shape);
    }

    private void Expand(int at, object value, TypeShape shape)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Fields:
                foreach (var field in shape.Fields)
                {
                    if (field.BareSize is null && field.Get(value) is { } held)
                    {
                        Add(held, at, field, NamedStep);
                    }
                }

                break;
            case ShapeKind.Entries:
                foreach (DictionaryEntry entry in (IDictionary)value)
                {
                    Add(entry.Key, at, "Keys", NamedStep);
                    if (entry.Value is not null)
                    {
                        Add(entry.Value, at, entry.Key, KeyStep);
                    }
                }

                break;
            default:
                var index = 0;
                foreach (var item in (IEnumerable)value)
                {
                    if (item is not null)
                    {
                        Add(item, at, label: null, index);
                    }

                    index++;
                }

                break;
        }
    }

    private void Add(object value, int parent, object? label, int index)
    {
        _children.Add(_nodes.Count);
        _nodes.Add(new Node(value, parent, parent < 0 ? 1 : _nodes[parent].Depth + 1, label, index));
    }

    // The last pushed is visited first, so the children go in backwards to be met in Hyperion's order.
    private void Flush()
    {
        for (var i = _children.Count - 1; i >= 0; i--)
        {
            _open.Push(_children[i]);
        }

        _children.Clear();
    }

    private void Grow(int at, long size)
    {
        _size += size;
        if (_size > maxBytes)
        {
            throw Refused(at, $"makes the value larger than {maxBytes} bytes; send it in parts, or raise the limit.");
        }
    }

    private PayloadException Refused(int at, string why) => new($"{Path(at)} {why}");

    private string Path(int at)
    {
        var steps = new Stack<string>();
        for (; _nodes[at].Parent >= 0; at = _nodes[at].Parent)
        {
            var (_, _, _, label, index) = _nodes[at];
            steps.Push(index switch
            {
                NamedStep => label is FieldShape field ? "." + field.Name : $".{label}",
                KeyStep => HyperionFormat.IsPrimitive(label!.GetType()) ? $"[{label}]" : "[…]",
                _ => $"[{index}]",
            });
        }

        return steps.Count > 20 ? $"value{string.Concat(steps.Take(20))}…" : $"value{string.Concat(steps)}";
    }

    private readonly record struct Node(object Value, int Parent, int Depth, object? Label, int Index);
}
