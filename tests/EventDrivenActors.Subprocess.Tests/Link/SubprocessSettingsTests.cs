using System.Reflection;
using Akka.Configuration;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Connecting;

namespace EventDrivenActors.Subprocess.Tests.Link;

public sealed class SubprocessSettingsTests
{
    [Fact]
    public void Settings_SentToAChild_ArriveUnchanged()
    {
        SubprocessSettings ours = TestSettings.With("heartbeat.interval = 70ms, link.chunk-size = 1KiB");
        SubprocessSettings theirs = SettingsCodec.Decode(SettingsCodec.Encode(ours));
        foreach (
            PropertyInfo? property in typeof(SubprocessSettings)
                .GetProperties()
                .Where(one => one.PropertyType != typeof(Config))
        )
        {
            Assert.Equal(property.GetValue(ours), property.GetValue(theirs));
        }

        Assert.Equal(TimeSpan.FromMilliseconds(70), theirs.Channel.HeartbeatInterval);
        Assert.Equal(1024, theirs.Channel.ChunkSize);
        Assert.Equal(17 * 1024 * 1024, theirs.Channel.MaximumMessageSize);
        Assert.Equal("remote", theirs.LinkSystem.GetString("akka.actor.provider"));
        Assert.Equal("local", theirs.ChildSystem.GetString("akka.actor.provider"));
        Assert.Equal("ERROR", theirs.ChildSystem.GetString("akka.loglevel"));
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
}
