using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;
using TypeFilter = EventDrivenActors.Wire.Payloads.TypeFilter;

namespace EventDrivenActors.Wire.Calls;

/// <summary>Turns events and submitted functions into bytes, and results back. Any thread.</summary>
internal sealed class CallEncoder
{
    private readonly EncoderOptions _options;
    private readonly TypeFilter _filter;
    private readonly PayloadCodec _codec;
    private readonly EventPayloadCodec _events;

    // Any thread.
    private readonly ConcurrentDictionary<MethodInfo, KnownMethod> _methods = [];
    private volatile KnownMethod? _last;
    private readonly ConcurrentDictionary<int, WireMessage> _byToken = [];
    private ImmutableArray<int> _typed = [];
    private int _tokens;

    public CallEncoder(EncoderOptions options)
    {
        _options = options;
        _filter = FilterOf(options);
        _codec = new PayloadCodec(_filter, options.MaxPayloadBytes);
        _events = new EventPayloadCodec(_codec);
    }

    /// <summary>
    /// Encodes the context of a run, once for all its events: what cannot cross stays here and costs no event its
    /// delivery.
    /// </summary>
    /// <remarks>
    /// When a holder reads this, it allows only the types that its configuration names, not those that were submitted
    /// to other holders meanwhile.
    /// </remarks>
    public byte[] EncodeContext(SessionContext context) =>
        new ContextCodec(new PayloadCodec(FilterOf(_options), _options.MaxPayloadBytes)).Encode(context);

    public object? DecodeProgress(ReadOnlyMemory<byte> payload) => _codec.Read(payload);

    public byte[] EncodeKey(object key) => _codec.Encode(key);

    /// <exception cref="Exception">A part of the event cannot cross: the refusal of the options.</exception>
    public EncodedCall Encode(object key, object? value, IReadOnlyList<object?> args, SessionContext? context)
    {
        Delegate? function = null;
        int token = 0;
        if (value is Submission submission && key.Equals(ControllerEvents.Submit.Name))
        {
            function = submission.Function;
            token = TokenOf(function);
            value = null;
            args = submission.Arguments;
        }

        EventPayload payload = new(function is null ? key : null, value, args, context is null ? [] : [.. context]);
        return new EncodedCall(this, token, function, Encode(payload));
    }

    /// <summary>
    /// The token of a call's function on this encoder's link; the call may have been encoded by another worker's
    /// encoder.
    /// </summary>
    public int TokenOf(EncodedCall call) =>
        call.Encoder == this || call.Function is null ? call.Token : TokenOf(call.Function);

    /// <exception cref="Exception">It captures something: the refusal of the options.</exception>
    private int TokenOf(Delegate function)
    {
        // The compiler keeps one delegate for each place where a static method is named.
        if (_last is { } last && ReferenceEquals(last.Function, function))
        {
            return last.Token;
        }

        if (_methods.TryGetValue(function.Method, out KnownMethod? known) && function.HasSingleTarget)
        {
            _last = known;
            return known.Token;
        }

        MethodReference reference;
        try
        {
            reference = MethodReference.From(function);
        }
        catch (ArgumentException captures)
        {
            throw _options.Refuse(captures.Message, captures);
        }

        int types = _filter.Count;
        AllowSignature(_filter, function.Method);
        bool isTyped = _filter.Count != types;
        return _methods
            .GetOrAdd(
                function.Method,
                _ =>
                {
                    int token = Intern(token => new WireMessage.DefineMethod(token, reference));
                    if (isTyped)
                    {
                        ImmutableInterlocked.Update(ref _typed, static (all, token) => all.Add(token), token);
                    }

                    return new KnownMethod(function, token);
                }
            )
            .Token;
    }

    /// <summary>Makes a token for something that each holder is told of once.</summary>
    public int Intern(Func<int, WireMessage> define)
    {
        int token = Interlocked.Increment(ref _tokens);
        _byToken[token] = define(token);
        return token;
    }

    /// <summary>
    /// The tokens of the methods whose signatures let more types cross. Any message may hold these types, so a
    /// holder must know the methods first.
    /// </summary>
    public ImmutableArray<int> TypedTokens => _typed;

    /// <summary>The message that defines a token for a holder.</summary>
    public WireMessage DefinitionOf(int token) => _byToken[token];

    /// <exception cref="Exception">An argument cannot cross: the refusal of the options.</exception>
    public ReadOnlyMemory<byte> EncodeArguments(string call, object?[] arguments)
    {
        try
        {
            return _events.Encode(new EventPayload(call, null, arguments, []));
        }
        catch (PayloadException refused)
        {
            throw _options.Refuse(
                $"The call '{call}' was not sent. {refused.Message}",
                _options.Refuse(refused.Message, refused)
            );
        }
    }

    /// <summary>Lets instances of these types cross.</summary>
    public void Allow(IEnumerable<Type> types)
    {
        foreach (Type type in types)
        {
            _filter.Allow(type);
        }
    }

    /// <exception cref="LinkProtocolException">The payload is no list.</exception>
    public object?[] DecodeResults(ReadOnlyMemory<byte> payload) =>
        _codec.Read(payload) is object?[] results && results.GetType() == typeof(object[])
            ? results
            : throw new LinkProtocolException(
                "The other end completed a call with something that is no list of results."
            );

    public EventPayload DecodeEvent(ReadOnlyMemory<byte> payload) => _events.Read(payload);

    private byte[] Encode(EventPayload payload)
    {
        try
        {
            return _events.Encode(payload);
        }
        catch (PayloadException refused)
        {
            throw _options.Refuse(refused.Message, refused);
        }
    }

    private static TypeFilter FilterOf(EncoderOptions options)
    {
        TypeFilter filter = new();
        filter.Allow(typeof(TimerTick));
        foreach (Type type in options.AllowedTypes)
        {
            filter.Allow(type);
        }

        foreach (MappingEntry entry in options.Handlers)
        {
            AllowSignature(filter, entry.Handler.Method);
            if (entry.Key is Enum)
            {
                filter.Allow(entry.Key.GetType());
            }
        }

        return filter;
    }

    private sealed record KnownMethod(Delegate Function, int Token);

    private static void AllowSignature(TypeFilter filter, MethodInfo method)
    {
        foreach (Type type in SignatureTypes.Of(method))
        {
            filter.Allow(type);
        }
    }
}
