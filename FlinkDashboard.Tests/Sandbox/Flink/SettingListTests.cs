using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Tests.Sandbox.Flink;

public class SettingListTests
{
    [Theory]
    [InlineData("--a;1", "--a", "1")]
    [InlineData("--load;'1;2;3'", "--load", "1;2;3")]
    [InlineData("--name;'it''s; so'", "--name", "it's; so")]
    public void Items_AreWrittenAndReadBack(string text, params string[] items)
    {
        Assert.Equal(text, SettingList.Write(items));
        Assert.Equal(items, SettingList.Read(text));
    }
}
