package kotlinx.cinterop

annotation class UnsafeNumber
