using System.Reflection;
using Akka.Configuration;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Configuration;

public sealed class SubprocessSettingsTests
{
    [Fact]
    public void Settings_SentToAChild_ArriveUnchanged()
    {
        SubprocessSettings ours = TestSettings.With("heartbeat.interval = 70ms, link.chunk-size = 1KiB");
        SubprocessSettings theirs = SettingsCodec.Decode(SettingsCodec.Encode(ours));

        Assert.Equal(Values(ours), Values(theirs));
        Assert.Equal(Values(ours.Channel), Values(theirs.Channel));
        Assert.Equal(TimeSpan.FromMilliseconds(70), theirs.Channel.HeartbeatInterval);
        Assert.Equal(1024, theirs.Channel.ChunkSize);
        Assert.Equal(17 * 1024 * 1024, theirs.Channel.MaximumMessageSize);
        Assert.Equal("remote", theirs.LinkSystem.GetString("akka.actor.provider"));
        Assert.Equal("local", theirs.ChildSystem.GetString("akka.actor.provider"));
        Assert.Equal("ERROR", theirs.ChildSystem.GetString("akka.loglevel"));
    }

    /// <summary>A child has no configuration: a number that it reads must have been sent.</summary>
    [Fact]
    public void Settings_EachNumber_IsSentToAChild()
    {
        SubprocessSettings ours = TestSettings.With("");
        string[] keys = [.. ours.Numbers.Keys];
        Assert.Equal(NumbersOf(typeof(SubprocessSettings)) + NumbersOf(typeof(ChannelSettings)), keys.Length);
        foreach (string key in keys)
        {
            SentNumbers changed = new(new Dictionary<string, long>(ours.Numbers) { [key] = ours.Numbers[key] + 1 });
            SubprocessSettings sent = new(changed, false, () => ours.LinkSystem, () => ours.ChildSystem);
            SubprocessSettings theirs = SettingsCodec.Decode(SettingsCodec.Encode(sent));
            Assert.NotEqual(
                (string[])[.. Values(ours), .. Values(ours.Channel)],
                [.. Values(theirs), .. Values(theirs.Channel)]
            );
        }
    }

    [Fact]
    public void Settings_ForALargePayload_AreSentToo()
    {
        SubprocessSettings theirs = SettingsCodec.Decode(
            SettingsCodec.Encode(TestSettings.With("").Carrying(64 * 1024 * 1024))
        );
        Assert.Equal(65 * 1024 * 1024, theirs.Channel.MaximumMessageSize);
    }

    [Fact]
    public void Settings_ThatCannotBe_SayWhich()
    {
        Assert.Contains(
            "chunk-size",
            Assert.Throws<ConfigurationException>(() => TestSettings.With("link.chunk-size = 1MiB")).Message
        );
        Assert.Contains(
            "start-timeout",
            Assert.Throws<ConfigurationException>(() => TestSettings.With("start-timeout = 0s")).Message
        );
    }

    private static IEnumerable<string> Values(object settings) =>
        settings
            .GetType()
            .GetProperties()
            .Where(one => one.PropertyType == typeof(TimeSpan) || one.PropertyType.IsPrimitive)
            .Select(one => $"{one.Name} = {one.GetValue(settings)}");

    /// <summary>The properties that hold a number of their own.</summary>
    private static int NumbersOf(Type settings) =>
        settings
            .GetFields(BindingFlags.NonPublic | BindingFlags.Instance)
            .Count(field =>
                field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)
                && (field.FieldType == typeof(TimeSpan) || field.FieldType == typeof(int))
            );
}
