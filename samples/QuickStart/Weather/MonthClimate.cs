namespace QuickStart;

/// <summary>One month of the year, averaged over the years.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="MeanMax">The mean of the days' highest temperatures in °C.</param>
/// <param name="MeanMin">The mean of the days' lowest temperatures in °C.</param>
/// <param name="Precipitation">The mean of the months' precipitation in mm.</param>
/// <param name="WetDays">The mean number of wet days.</param>
public sealed record MonthClimate(int Month, decimal MeanMax, decimal MeanMin, decimal Precipitation, decimal WetDays);
