using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Pure.Tests.Protocol;

public class RemoteFailureTests
{
    [Fact]
    public void Failure_OfAThrownException_KeepsTypeMessageStackAndData()
    {
        RemoteFailure failure = RemoteFailure.From(Thrown());
        Assert.Equal("System.InvalidOperationException", failure.TypeName);
        Assert.Equal("broken", failure.Message);
        Assert.Contains(nameof(Thrown), failure.StackTrace);
        Assert.Contains(new KeyValuePair<string, string>("order", "7"), failure.Data);
        Assert.Equal("inner", Assert.Single(failure.Inner).Message);
    }

    [Fact]
    public void Failure_OfAnAggregate_KeepsAllInnerOnes() =>
        Assert.Equal(
            ["a", "b", "c"],
            RemoteFailure
                .From(new AggregateException(new Exception("a"), new Exception("b"), new Exception("c")))
                .Inner.Select(inner => inner.Message)
        );

    [Fact]
    public void Failure_OfAnExceptionWhoseMembersThrow_SaysSo()
    {
        RemoteFailure failure = RemoteFailure.From(new HostileException());
        Assert.Equal("(could not be read: System.NotSupportedException)", failure.Message);
        Assert.Equal("(could not be read: System.NotSupportedException)", failure.StackTrace);
        Assert.Contains(failure.Data, entry => entry.Value == "(could not be read: System.NotSupportedException)");
    }

    [Fact]
    public void Failure_IsBoundedInTextDepthAndNumber()
    {
        string cut = RemoteFailure.From(new Exception(new string('x', 100_000))).Message;
        Assert.InRange(cut.Length, RemoteFailure.MaxText, RemoteFailure.MaxText + 40);
        Assert.EndsWith("more characters)", cut);

        Exception deep = new Exception("0");
        for (int i = 1; i < 50; i++)
        {
            deep = new Exception($"{i}", deep);
        }

        Assert.Equal(RemoteFailure.MaxDepth, Depth(RemoteFailure.From(deep)));

        AggregateException wide = new AggregateException(Enumerable.Range(0, 1000).Select(i => new Exception($"{i}")));
        Assert.Equal(RemoteFailure.MaxFailures - 1, RemoteFailure.From(wide).Inner.Count);
        WireMessage.SetupFailed settled = new WireMessage.SetupFailed(RemoteFailure.From(deep));
        Assert.Equal(Wires.Describe(settled), Wires.Describe(MessageCodec.Decode(Wires.Encode(settled))));
    }

    [Fact]
    public void Failure_OfManyLongTexts_FitsAMessage()
    {
        string text = new string('x', 60_000);
        AggregateException many = new AggregateException(
            Enumerable
                .Range(0, 60)
                .Select(_ => new Exception(text)
                {
                    Data =
                    {
                        ["a"] = text,
                        ["b"] = text,
                        ["c"] = text,
                        ["d"] = text,
                        ["e"] = text,
                    },
                })
        );

        byte[] bytes = Wires.Encode(new WireMessage.SetupFailed(RemoteFailure.From(many)));

        Assert.InRange(bytes.Length, RemoteFailure.MaxTotalText, RemoteFailure.MaxTotalText + 100_000);
        Assert.IsType<WireMessage.SetupFailed>(MessageCodec.Decode(bytes));
    }

    private static int Depth(RemoteFailure failure) => 1 + failure.Inner.Select(Depth).DefaultIfEmpty(0).Max();

    private static Exception Thrown()
    {
        try
        {
            throw new InvalidOperationException("broken", new Exception("inner")) { Data = { ["order"] = 7 } };
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }
    }

    private sealed class HostileException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string StackTrace => throw new NotSupportedException();

        public override System.Collections.IDictionary Data => throw new NotSupportedException();
    }
}
