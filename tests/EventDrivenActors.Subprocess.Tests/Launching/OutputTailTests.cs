using System.Text;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Tests.Launching;

public sealed class OutputTailTests
{
    [Fact]
    public void Tail_ManyLines_KeepsTheLast()
    {
        OutputTail tail = new OutputTail(2, 100, null);
        tail.Append("one\ntwo\r\nthr"u8);
        tail.Append("ee"u8);
        tail.Complete();
        Assert.Equal(["two", "three"], tail.Snapshot());
    }

    [Fact]
    public void Tail_ControlCharacters_AreEscaped()
    {
        OutputTail tail = new OutputTail(2, 100, null);
        tail.Append("\u001b[31mred\0\n"u8);
        Assert.Equal(["\\u001b[31mred\\u0000"], tail.Snapshot());
    }

    [Fact]
    public void Tail_EndlessLine_CostsNoMemory()
    {
        List<string> lines = new List<string>();
        OutputTail tail = new OutputTail(2, 100, lines.Add);
        byte[] block = Encoding.ASCII.GetBytes(new string('x', 100_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1_000; round++)
        {
            tail.Append(block);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        tail.Append("\nnext\n"u8);
        Assert.Equal([new string('x', 100) + "…", "next"], lines);
    }
}
