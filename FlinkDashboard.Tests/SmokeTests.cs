namespace FlinkDashboard.Tests;

public class SmokeTests
{
    [Fact]
    public void Solution_Builds_Runs() => Assert.NotNull(typeof(Program).Assembly);
}
