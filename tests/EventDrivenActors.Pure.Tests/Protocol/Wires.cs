using System.Buffers;
using CsCheck;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Pure.Tests.Protocol;

/// <summary>Dull values and short calls for the tests of this folder.</summary>
internal static class Wires
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char, 0, 20];
    private static readonly Gen<ReadOnlyMemory<byte>> Bytes = Gen
        .Byte.Array[0, 40]
        .Select(bytes => new ReadOnlyMemory<byte>(bytes));
    private static readonly Gen<RemoteFailure> Failure = Failures(3);

    private static readonly Gen<MethodReference> Method = Gen.Select(
            Text,
            Text,
            Text,
            Text.Array[0, 3],
            Text.Array[0, 3],
            Text.Array[0, 2]
        )
        .Select(t => new MethodReference(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item6));

    public static readonly Gen<WireMessage> Message = Gen.OneOf<WireMessage>(
        Gen.Select(Gen.Long, Gen.Int, Bytes, Gen.Int, Gen.Long, Gen.Bool)
            .Select(t => (WireMessage)new WireMessage.Call(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item6)),
        Gen.Select(Gen.Long, Bytes).Select(t => (WireMessage)new WireMessage.Progress(t.Item1, t.Item2)),
        Gen.Long.Select(id => (WireMessage)new WireMessage.ProgressTaken(id)),
        Gen.Select(Gen.Long, Gen.Bool).Select(t => (WireMessage)new WireMessage.RaiseTaken(t.Item1, t.Item2)),
        Gen.Select(Gen.Int, Method).Select(t => (WireMessage)new WireMessage.DefineMethod(t.Item1, t.Item2)),
        Gen.Select(Gen.Long, Gen.Long).Select(t => (WireMessage)new WireMessage.Cancel(t.Item1, t.Item2)),
        Gen.Const((WireMessage)new WireMessage.Suspend()),
        Gen.Const((WireMessage)new WireMessage.Resume()),
        Gen.Long.Select(ms => (WireMessage)new WireMessage.Drain(ms)),
        Gen.Int.Select(pid => (WireMessage)new WireMessage.Ready(pid)),
        Failure.Select(failure => (WireMessage)new WireMessage.SetupFailed(failure)),
        Gen.Long.Select(id => (WireMessage)new WireMessage.Started(id)),
        Gen.Select(Gen.Long, Gen.Enum<OutcomeKind>(), Bytes, Failure)
            .Select(t =>
                (WireMessage)
                    new WireMessage.Settled(t.Item1, t.Item2, t.Item3, t.Item2 == OutcomeKind.Faulted ? t.Item4 : null)
            ),
        Bytes.Select(bytes => (WireMessage)new WireMessage.Raise(bytes)),
        Gen.Long.Select(id => (WireMessage)new WireMessage.Ended(id)),
        Gen.Const((WireMessage)new WireMessage.Suspended()),
        Gen.Const((WireMessage)new WireMessage.Leaving()),
        Gen.Select(Gen.Enum<ChildLogLevel>().Where(level => level != ChildLogLevel.None), Text, Text, Failure, Gen.Bool)
            .Select(t => (WireMessage)new WireMessage.Logged(t.Item1, t.Item2, t.Item3, t.Item5 ? t.Item4 : null)),
        Gen.Long.Select(calls => (WireMessage)new WireMessage.Withdraw(calls)),
        Gen.Select(Gen.Int, Text, Text)
            .Select(t => (WireMessage)new WireMessage.DefineObject(t.Item1, t.Item2, t.Item3)),
        Gen.Select(Gen.Int, Gen.Int, Method)
            .Select(t => (WireMessage)new WireMessage.DefineMember(t.Item1, t.Item2, t.Item3)),
        Gen.Select(Gen.Long, Gen.Long, Gen.Int, Bytes, Gen.Long)
            .Select(t => (WireMessage)new WireMessage.ObjectCall(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item3))
    );

    public static byte[] Encode(WireMessage message)
    {
        ArrayBufferWriter<byte> writer = new ArrayBufferWriter<byte>();
        MessageCodec.Write(writer, message);
        return writer.WrittenSpan.ToArray();
    }

    public static byte[] Encode(PayloadCodec codec, object? value)
    {
        ArrayBufferWriter<byte> writer = new ArrayBufferWriter<byte>();
        codec.Write(writer, value);
        return writer.WrittenSpan.ToArray();
    }

    public static object? RoundTrip(PayloadCodec codec, object? value) => codec.Read(Encode(codec, value));

    public static PayloadCodec Codec(params Type[] allowed) => new(Filter(allowed));

    public static TypeFilter Filter(params Type[] allowed)
    {
        TypeFilter filter = new TypeFilter();
        Array.ForEach(allowed, type => filter.Allow(type));
        return filter;
    }

    /// <summary>All of a message as text, byte for byte, so that two can be compared.</summary>
    public static string Describe(WireMessage message) =>
        message switch
        {
            WireMessage.Call call => $"{call with { Payload = default }} {Convert.ToHexString(call.Payload.Span)}",
            WireMessage.DefineMethod define => $"define {define.Token} {Describe(define.Method)}",
            WireMessage.DefineMember define => $"member {define.Token} {define.ObjectToken} {Describe(define.Member)}",
            WireMessage.ObjectCall call =>
                $"{call with { Payload = default }} {Convert.ToHexString(call.Payload.Span)}",
            WireMessage.SetupFailed failed => $"setup {Describe(failed.Failure)}",
            WireMessage.Settled settled => $"{settled.Id} {settled.Kind} {Convert.ToHexString(settled.Payload.Span)} "
                + $"{(settled.Failure is null ? "" : Describe(settled.Failure))}",
            WireMessage.Logged logged =>
                $"{logged.Level}|{logged.Source}|{logged.Text}|{(logged.Cause is null ? "" : Describe(logged.Cause))}",
            WireMessage.Progress progress => $"{progress.Id} {Convert.ToHexString(progress.Payload.Span)}",
            WireMessage.Raise raise => $"raise {Convert.ToHexString(raise.Payload.Span)}",
            _ => message.ToString(),
        };

    private static string Describe(MethodReference method) =>
        $"{method.Assembly}|{method.DeclaringType}|{method.Method}|{string.Join('|', method.GenericArguments)}||"
        + $"{string.Join('|', method.ParameterTypes)}||{string.Join('|', method.Builds)}";

    public static string Describe(RemoteFailure failure) =>
        $"({failure.TypeName}|{failure.Message}|{failure.StackTrace ?? "none"}|{string.Join(',', failure.Data)}|"
        + $"{string.Join(' ', failure.Inner.Select(Describe))})";

    private static Gen<RemoteFailure> Failures(int depth) =>
        Gen.Select(
                Text,
                Text,
                Text,
                Gen.Bool,
                Gen.Select(Text, Text).Array[0, 2],
                depth == 0 ? Gen.Const(Array.Empty<RemoteFailure>()) : Failures(depth - 1).Array[0, 2]
            )
            .Select(t => new RemoteFailure(
                t.Item1,
                t.Item2,
                t.Item4 ? t.Item3 : null,
                t.Item6,
                [.. t.Item5.Select(pair => new KeyValuePair<string, string>(pair.Item1, pair.Item2))]
            ));
}
