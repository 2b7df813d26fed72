using System.Collections;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>Turns one exception into a <see cref="RemoteFailure"/> within its bounds.</summary>
internal sealed class RemoteFailureBuilder
{
    // Not thread-safe: one failure, one thread.
    private int _built;
    private int _left = RemoteFailure.MaxTotalText;

    public RemoteFailure Build(Exception exception, int depth)
    {
        _built++;
        return new RemoteFailure(
            Cut(exception.GetType().FullName ?? exception.GetType().Name),
            Text(() => exception.Message) ?? "",
            Text(() => exception.StackTrace),
            Inner(exception, depth),
            Data(exception)
        );
    }

    private List<RemoteFailure> Inner(Exception exception, int depth)
    {
        List<RemoteFailure> inner = new List<RemoteFailure>();
        if (depth >= RemoteFailure.MaxDepth)
        {
            return inner;
        }

        IEnumerable<Exception> causes =
            exception is AggregateException aggregate ? aggregate.InnerExceptions
            : exception.InnerException is { } cause ? [cause]
            : [];
        foreach (Exception next in causes)
        {
            if (_built >= RemoteFailure.MaxFailures)
            {
                break;
            }

            inner.Add(Build(next, depth + 1));
        }

        return inner;
    }

    private List<KeyValuePair<string, string>> Data(Exception exception)
    {
        List<KeyValuePair<string, string>> texts = new List<KeyValuePair<string, string>>();
        try
        {
            foreach (DictionaryEntry entry in exception.Data)
            {
                if (texts.Count == RemoteFailure.MaxData)
                {
                    break;
                }

                texts.Add(new(Text(() => entry.Key.ToString()) ?? "", Text(() => entry.Value?.ToString()) ?? ""));
            }
        }
        catch (Exception unreadable)
        {
            texts.Add(new("Data", Unreadable(unreadable)));
        }

        return texts;
    }

    private string? Text(Func<string?> read)
    {
        try
        {
            return read() is { } text ? Cut(text) : null;
        }
        catch (Exception unreadable)
        {
            return Unreadable(unreadable);
        }
    }

    private static string Unreadable(Exception cause) => $"(could not be read: {cause.GetType().FullName})";

    private string Cut(string text)
    {
        int most = Math.Min(RemoteFailure.MaxText, _left);
        if (text.Length <= most)
        {
            _left -= text.Length;
            return text;
        }

        // A surrogate pair must not be torn: half of one would come back as another character.
        int length = most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        _left -= length;
        return $"{text.AsSpan(0, length)}… ({text.Length - length} more characters)";
    }
}
