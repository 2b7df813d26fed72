using System.Collections;

namespace EventDrivenActors.Subprocess.Tests.Testing;

/// <summary>Handlers whose results and failures are hard to carry.</summary>
internal static class HostileWork
{
    public static void Map(MappingBlueprint mapping) =>
        mapping
            .On("unlisted", object () => new Unlisted())
            .On("large", () => new byte[17 * 1024 * 1024])
            .On("deep", () => Chain.Of(20_000))
            .On("endless-array", object? () => Endless())
            .On("hostile-text", object () => new HostileText())
            .On("hostile-failure", void () => throw new HostileFailure())
            .On("huge-failure", void () => throw Huge())
            .On("deep-failure", void () => throw Deep())
            .On("sum", (int a, int b) => a + b);

    private static object?[] Endless()
    {
        object?[] array = new object?[1];
        array[0] = array;
        return array;
    }

    private static AggregateException Huge()
    {
        string text = new('x', 60_000);
        return new AggregateException(
            Enumerable
                .Range(0, 60)
                .Select(_ =>
                {
                    Exception inner = new(text);
                    for (int entry = 0; entry < 30; entry++)
                    {
                        inner.Data[$"{entry}"] = text;
                    }

                    return inner;
                })
        );
    }

    private static Exception Deep()
    {
        Exception deep = new("0");
        for (int level = 1; level < 5_000; level++)
        {
            deep = new Exception($"{level}", deep);
        }

        return deep;
    }

    internal sealed class Unlisted;

    internal sealed class HostileText
    {
        public override string ToString() => throw new NotSupportedException();

        public override int GetHashCode() => throw new NotSupportedException();

        public override bool Equals(object? obj) => throw new NotSupportedException();
    }

    internal sealed class HostileFailure : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string? StackTrace => throw new NotSupportedException();

        public override IDictionary Data => throw new NotSupportedException();

        public override string ToString() => throw new NotSupportedException();
    }

    internal sealed class Chain
    {
        public Chain? Next { get; set; }

        public static Chain Of(int length)
        {
            Chain head = new();
            for (int link = 1; link < length; link++)
            {
                head = new Chain { Next = head };
            }

            return head;
        }
    }
}
